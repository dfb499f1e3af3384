package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"casebook/internal/paper"
	"casebook/internal/registry"
	"casebook/internal/report"
	"casebook/internal/report/brieftest"
)

// schemaOrder are the children that ECMA-376 (wml.xsd, a sequence each) allows an element, in their order, as far as we write them or their neighbours.
// Word calls a file with another order damaged; LibreOffice does not.
var schemaOrder = func() map[string][]string {
	m := map[string][]string{}
	for element, children := range map[string]string{
		"pPr": `pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
			autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange`,
		"rPr": `rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
			vertAlign rtl cs em lang eastAsianLayout specVanish oMath`,
		"pBdr":   `top left bottom right between bar`,
		"sectPr": `headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings`,
		"tbl":    `tblPr tblGrid tr`,
		"tblPr": `tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
			tblDescription`,
		"tblBorders":  `top left start bottom right end insideH insideV`,
		"tr":          `tblPrEx trPr tc`,
		"tc":          `tcPr p`,
		"tcPr":        `cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark`,
		"font":        `altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic`,
		"style":       `name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr`,
		"styles":      `docDefaults latentStyles style`,
		"docDefaults": `rPrDefault pPrDefault`,
		"settings": `writeProtection view zoom mirrorMargins bordersDoNotSurroundHeader defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing characterSpacingControl compat rsids themeFontLang clrSchemeMapping
			decimalSymbol listSeparator`,
		"p":      `pPr r`,
		"body":   `p tbl sectPr`,
		"inline": `extent effectExtent docPr cNvGraphicFramePr graphic`,
		"pic":    `nvPicPr blipFill spPr`,
		"spPr":   `xfrm prstGeom`,
		"xfrm":   `off ext`,
	} {
		m[element] = strings.Fields(children)
	}
	return m
}()

// mixed are elements whose children stand in any order: paragraphs and tables of a body but for its sectPr, and what trPr chooses from.
var mixed = map[string]bool{"body": true, "trPr": true}

// outOfOrder are the elements of a part whose children do not stand as the schema has them.
func outOfOrder(t *testing.T, part string) (faults []string) {
	t.Helper()
	type open struct {
		name string
		last int
	}
	var stack []open
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return faults
		} else if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			if n := len(stack); n > 0 {
				parent := &stack[n-1]
				if order, known := schemaOrder[parent.name]; known {
					at := slices.Index(order, x.Name.Local)
					if at < 0 || at < parent.last && !mixed[parent.name] {
						faults = append(faults, parent.name+"/"+x.Name.Local)
					}
					if mixed[parent.name] && parent.last == len(order)-1 {
						faults = append(faults, x.Name.Local+" after "+parent.name+"/"+order[parent.last])
					}
					parent.last = at
				}
			}
			stack = append(stack, open{name: x.Name.Local})
		case xml.EndElement:
			if x.Name.Local == "tc" && schemaOrder["tc"][stack[len(stack)-1].last] != "p" {
				faults = append(faults, "tc without p")
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func TestElementsStandInTheSchemasOrder(t *testing.T) {
	files := map[string][]byte{}
	for _, design := range registry.BulletinDesigns {
		b := sample(design)
		b.Cases[0].Pictures = []report.Picture{{SHA256: "aa", Width: 1600, Height: 900, Caption: "取样", JPEG: []byte("x")}}
		files[design] = written(t, b)
	}
	form := []paper.Row{{{Text: "当事人", Width: 3, Label: true}, {Text: "某场", Width: 9, Lines: 2, Sign: "签名"}}, {{Text: "一\n二", Width: 12}}}
	for name, official := range map[string]bool{"笔录": false, "决定书": true} {
		var out bytes.Buffer
		err := WritePaper(&out, paper.Paper{Title: name, Number: "1号", Organ: "某局", Official: official, Feet: []string{"签名"}, Blocks: []paper.Block{
			{Heading: "一"}, {Text: "文字"}, {Plain: "当事人"}, {Note: "注"}, {Form: form}, {Signs: []string{"签名："}}, {Gap: true}, {Text: "末", Fresh: true}, {Close: []string{"某局", "某日"}}, {End: true}}})
		if err != nil {
			t.Fatal(err)
		}
		files[name] = out.Bytes()
	}
	var brief bytes.Buffer
	if err := WriteBrief(&brief, brieftest.Brief(true)); err != nil {
		t.Fatal(err)
	}
	files["周报"] = brief.Bytes()
	for file, content := range files {
		for name, part := range parts(t, content) {
			for _, fault := range outOfOrder(t, part) {
				t.Errorf("%s, %s: %s", file, name, fault)
			}
		}
	}
	if got := outOfOrder(t, `<body><p><pPr><jc/><keepNext/></pPr></p><sectPr/><p/><tbl><tr><tc><tcPr/></tc></tr></tbl></body>`); len(got) != 3 {
		t.Errorf("of three faults these are seen: %q", got)
	}
}

// A page of notes, or the mark of a provision, stands with what it follows; a provision in one piece.
func TestNothingStandsAlone(t *testing.T) {
	for _, design := range []string{"通报", "报纸"} {
		document := parts(t, written(t, sample(design)))["word/document.xml"]
		list := strings.Split(document, "<w:p>")
		for i, p := range list[1:] {
			before := list[i]
			switch {
			case strings.Contains(p, "注\u3000"), strings.Contains(p, "2017年修正"):
				if !strings.Contains(before, "<w:keepNext/>") {
					t.Errorf("%s: what stands before %q may stay behind", design, text(t, "<p>"+strings.ReplaceAll(p, "w:", ""))[:30])
				}
			case strings.Contains(p, ">排放水污染物，"):
				if !strings.Contains(p, "<w:keepNext/><w:keepLines/>") {
					t.Errorf("%s: a provision may be divided", design)
				}
			}
		}
	}
}
