package registry

import "testing"

func TestNameScore(t *testing.T) {
	places := []string{"江门市", "恩平市", "台山市", "恩平", "台山", "沙湖镇"}
	for _, c := range []struct {
		a, b     NameTold
		from, to int
	}{
		{NameTold{Name: "恩平市沙湖镇福旺养猪场", District: "440785"}, NameTold{Name: "福旺猪场", District: "440785"}, 80, 80},
		{NameTold{Name: "恩平福旺畜牧有限公司", LegalPerson: "张三"}, NameTold{Name: "恩平市福旺农牧发展有限公司", LegalPerson: "张三"}, 85, 85},
		{NameTold{Name: "恩平市福旺养殖场"}, NameTold{Name: "恩平市福旺源养殖场"}, NearEnough - 10, NearEnough - 10},
		{NameTold{Name: "恩平市福旺养殖场", LegalPerson: "张三", District: "440785"}, NameTold{Name: "恩平市福旺源养殖场", LegalPerson: "张三", District: "440785"}, 75, 75},
		{NameTold{Name: "恩平福旺养殖场", District: "440785"}, NameTold{Name: "台山福旺养殖场", District: "440781"}, 60, 60},
		{NameTold{Name: "福旺公司", Code: "1"}, NameTold{Name: "福旺公司", Code: "2"}, 0, 0},
		{NameTold{Name: "福旺公司", Code: "1"}, NameTold{Name: "兴隆公司", Code: "1"}, 100, 100},
		{NameTold{Name: "恩平市福旺养殖场"}, NameTold{Name: "恩平市兴隆养殖场"}, 0, 0},
		{NameTold{Name: "张伟"}, NameTold{Name: "张伟"}, 75, 75},
		{NameTold{Name: "恩平市养殖场"}, NameTold{Name: "台山市养殖场"}, 0, 70}, // nothing of their own
	} {
		got, why := NameScore(c.a, c.b, CoreName(c.a.Name, places), CoreName(c.b.Name, places))
		if got < c.from || got > c.to {
			t.Errorf("%s and %s: %d (%v), want %d to %d", c.a.Name, c.b.Name, got, why, c.from, c.to)
		}
		back, _ := NameScore(c.b, c.a, CoreName(c.b.Name, places), CoreName(c.a.Name, places))
		if back != got {
			t.Errorf("%s and %s: %d one way, %d the other", c.a.Name, c.b.Name, got, back)
		}
	}
}
