package registry

import (
	"bytes"
	"encoding/json"
)

// SignedPaper is a paper that was printed, signed and scanned back: the legal original (签名原件). While it is in force, what the paper says
// cannot be changed in the record. A correction takes it out of force with a reason, and the next one is signed anew: both stay.
type SignedPaper struct {
	ID SignedPaperID `json:"id"`
	Meta
	CaseID       CaseID       `json:"case_id,omitempty"`
	InspectionID InspectionID `json:"inspection_id,omitempty"`
	Entity       string       `json:"entity"` // the record it was printed from: document, inspection, interrogation
	EntityID     int64        `json:"entity_id"`
	Paper        string       `json:"paper"`         // the key of the kind of paper
	Of           int64        `json:"of_version"`    // the version of the record that was signed
	Digest       string       `json:"digest"`        // SHA-256 of the words as they would have been printed when the scan came in
	AttachmentID AttachmentID `json:"attachment_id"` // the scan
	Reason       string       `json:"reason"`        // why it was taken out of force; empty: it is in force
}

// InForce reports whether the original still locks its record.
func (x *SignedPaper) InForce() bool { return x.Reason == "" }

// Clean normalises what was typed.
func (x *SignedPaper) Clean() { x.Reason = CleanText(x.Reason) }

// Validate checks what no signed paper may lack.
func (x *SignedPaper) Validate() error {
	var p Problems
	if x.AttachmentID == 0 {
		p.Add("attachment_id", "请上传签名后的扫描件")
	}
	p.required("paper", x.Paper, "文书")
	p.text("reason", x.Reason, maxLine)
	return p.Err()
}

// SameSigned reports whether two states of a record say the same on its signed paper: what happens to a paper afterwards (送达, 结果) and our
// own remarks are not on it.
func SameSigned(was, is Record) bool {
	a, errA := json.Marshal(signedContent(was))
	b, errB := json.Marshal(signedContent(is))
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

func signedContent(r Record) any {
	switch x := r.(type) {
	case *Document:
		y := *x
		y.Meta, y.ServedOn, y.ServiceMode, y.Result, y.ResultOn, y.ResultNote, y.ExcludedFrom, y.ExcludedTo = Meta{}, Date{}, "", "", Date{}, "", Date{}, Date{}
		y.Seq, y.AttachmentID, y.InspectionID, y.Note = 0, 0, 0, ""
		if len(y.Citations) == 0 {
			y.Citations = nil
		}
		if len(y.Participants) == 0 {
			y.Participants = nil
		}
		return y
	case *Inspection:
		y := *x
		y.Meta, y.CampaignID, y.State, y.SubmittedAt, y.SubmittedBy, y.Note, y.Voidable = Meta{}, 0, "", nil, "", "", Voidable{}
		return y
	case *Interrogation:
		y := *x
		y.Meta, y.CaseID, y.Note = Meta{}, 0, "" // one of an inspection may be taken up by its case
		return y
	}
	return r
}
