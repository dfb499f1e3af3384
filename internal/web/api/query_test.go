package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Every parameter that a list reads is one that it takes: a list that read another would answer 422 to its own parameter.
func TestListsTakeWhatTheyRead(t *testing.T) {
	taken := map[string]bool{"cursor": true, "limit": true, "sort": true}
	for _, params := range listParams {
		for name := range params {
			taken[name] = true
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name := ""
			switch fun := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = fun.Sel.Name
			case *ast.Ident:
				name = fun.Name
			case *ast.IndexExpr:
				if sel, ok := fun.X.(*ast.SelectorExpr); ok {
					name = sel.Sel.Name
				}
			}
			if lit, ok := call.Args[len(call.Args)-1].(*ast.BasicLit); ok && (name == "QueryParam" || name == "QueryID" || name == "queryDate") {
				if read++; !taken[strings.Trim(lit.Value, `"`)] {
					t.Errorf("%s reads the parameter %s, which no list takes", path, lit.Value)
				}
			}
			return true
		})
	}
	if read < 20 {
		t.Errorf("only %d readings of parameters were found", read)
	}
}
