// Package public is the public site: the bulletins that the bureau has published, for anybody, without signing in. Its pages have a frame, a style sheet and
// a policy of their own, no script and no cookie, and hold what casework/public.go gives out and nothing else. It must not know who asks, and must not name a
// case, an id of the register or a person.
//
// The same pages are answers of the server and files of a folder (export.go): where a link leads is asked of links, which has both ways. Look first at
// routes.go, then at site.go.
package public
