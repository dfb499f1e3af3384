package registry

import (
	"slices"
	"strings"
	"time"
)

// ApprovalStep is one step between the drafting of a bulletin and the public: 分局, 执法, 法规, 宣教, 签发. The last of a chain signs.
type ApprovalStep struct {
	Name  string   `json:"name"`
	Role  Role     `json:"role"`  // who may take it; empty where Users says it
	Users []string `json:"users"` // user names who alone may take it; empty: everybody of the role
	Days  int64    `json:"days"`  // working days to take it in; 0: no deadline
}

// DraftStep is what the first step is called. It is no part of a chain: every bulletin begins with it.
const DraftStep = "起草"

// Verdicts of an opinion on a bulletin.
const (
	VerdictSubmitted = "提交"
	VerdictAgreed    = "同意"
	VerdictSigned    = "签发"
	VerdictReturned  = "退回"
	VerdictWithdrawn = "撤回"
)

// ApprovalRoles are the roles that a step can name: those that PermBulletinStep lets in.
var ApprovalRoles = slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !r.Can(PermBulletinStep) })

// maxApproval is more steps than any bureau has.
const (
	maxApproval     = 8
	maxApprovalDays = 60
)

// ApprovalChain is what a bulletin goes through once it is submitted. Where nobody kept one, another publisher signs.
func (b *Bureau) ApprovalChain() []ApprovalStep {
	if len(b.Approval) == 0 {
		return []ApprovalStep{{Name: VerdictSigned, Role: RolePublisher}}
	}
	return b.Approval
}

// Takes reports whether an account may take the step, as far as the step says: that it wrote nothing is asked elsewhere.
func (p ApprovalStep) Takes(a Actor) bool {
	if len(p.Users) > 0 {
		return slices.Contains(p.Users, a.Username)
	}
	return a.Role == p.Role
}

// Whose says in Chinese who may take the step.
func (p ApprovalStep) Whose() string {
	if len(p.Users) > 0 {
		return strings.Join(p.Users, "、")
	}
	return p.Role.Chinese()
}

func (p *ApprovalStep) clean() {
	p.Name = CleanText(p.Name)
	var users []string
	for _, u := range p.Users {
		if u = CleanText(HalfWidth(u)); u != "" && !slices.Contains(users, u) {
			users = append(users, u)
		}
	}
	p.Users = users
}

func (b *Bureau) approval(p *Problems) {
	if len(b.Approval) > maxApproval {
		p.Add("approval", "审批环节最多 %d 个", maxApproval)
	}
	names := map[string]bool{DraftStep: true}
	for i, step := range b.Approval {
		at := func(f string) string { return fieldAt("approval", i, f) }
		if p.required(at("name"), step.Name, "环节名称"); step.Name != "" && names[step.Name] {
			p.Add(at("name"), "“%s”重复；起草不用写，每期通报都从起草开始", step.Name)
		}
		names[step.Name] = true
		p.text(at("name"), step.Name, 20)
		switch {
		case step.Role == "" && len(step.Users) == 0:
			p.Add(at("role"), "请选择由哪种角色办理，或写明办理的账号")
		case step.Role != "" && !slices.Contains(ApprovalRoles, step.Role):
			p.Add(at("role"), "%s不能审批通报", step.Role.Chinese())
		}
		if len(step.Users) > 20 {
			p.Add(at("users"), "一个环节最多写 20 个账号")
		}
		if step.Days < 0 || step.Days > maxApprovalDays {
			p.Add(at("days"), "办理期限应在 0 至 %d 个工作日之间，0 或留空是不限", maxApprovalDays)
		}
	}
}

// ApprovalRound is where a submitted bulletin stands: the chain that was in force when it was handed in, and what was said since.
type ApprovalRound struct {
	Chain     []ApprovalStep
	Submitted BulletinOpinion   // zero for one that was handed in before opinions were kept
	Taken     []BulletinOpinion // 同意, one for each step taken
	Since     time.Time         // when the step began that it waits at
}

// Round reads the last round of the approval. now is the chain of today, for a bulletin that was handed in before opinions were kept.
func (x *Bulletin) Round(now []ApprovalStep) (r ApprovalRound) {
	r.Chain, r.Since = now, x.UpdatedAt
	for _, o := range x.Opinions {
		switch o.Verdict {
		case VerdictSubmitted:
			r = ApprovalRound{Chain: o.Chain, Submitted: o, Since: o.At}
		case VerdictAgreed, VerdictSigned:
			r.Taken, r.Since = append(r.Taken, o), o.At
		}
	}
	return r
}

// Waits is the step that the round waits at; nil where all were taken.
func (r *ApprovalRound) Waits() *ApprovalStep {
	if len(r.Taken) >= len(r.Chain) {
		return nil
	}
	return &r.Chain[len(r.Taken)]
}

// Last reports whether the step that the round waits at is the signing.
func (r *ApprovalRound) Last() bool { return len(r.Taken) == len(r.Chain)-1 }
