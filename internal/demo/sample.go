package demo

func (l *loader) invented() error { return nil }
