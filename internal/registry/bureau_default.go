package registry

// DefaultBureau is the bureau of a register whose administrator has not said otherwise, and the one that the demonstration is about.
// The program names Jiangmen here, in the demonstration and in the law catalogue, and nowhere else.
func DefaultBureau() *Bureau {
	return &Bureau{
		ID:        TheBureau,
		Name:      "江门市生态环境局",
		ShortName: "市生态环境局",
		City:      District{Code: "440700", Name: "江门市", Short: "江门", Abbr: "江"},
		Districts: []District{
			{"440703", "蓬江区", "蓬江", "蓬", "蓬江分局"},
			{"440704", "江海区", "江海", "江", "江海分局"},
			{"440705", "新会区", "新会", "新", "新会分局"},
			{"440781", "台山市", "台山", "台", "台山分局"},
			{"440783", "开平市", "开平", "开", "开平分局"},
			{"440784", "鹤山市", "鹤山", "鹤", "鹤山分局"},
			{"440785", "恩平市", "恩平", "恩", "恩平分局"},
		},
		Series: "江{区}环{字}〔{年}〕{号}号",
		Basin:  "潭江流域",
		Area:   Area{West: 111.9, East: 113.3, South: 21.4, North: 22.9},
	}
}

// DefaultTowns are the 镇 and 街道 of its districts that no other of them has, by the district's code: ledgers tell a place by its town.
func DefaultTowns() map[string][]string {
	return map[string][]string{
		"440703": {"棠下镇", "荷塘镇", "杜阮镇", "潮连街道", "环市街道"},
		"440704": {"外海街道", "礼乐街道", "江南街道"},
		"440705": {"会城街道", "大泽镇", "司前镇", "罗坑镇", "双水镇", "崖门镇", "沙堆镇", "古井镇", "三江镇", "睦洲镇", "大鳌镇"},
		"440781": {"台城街道", "大江镇", "水步镇", "四九镇", "冲蒌镇", "斗山镇", "都斛镇", "赤溪镇", "端芬镇", "广海镇", "海宴镇", "汶村镇", "三合镇", "北陡镇", "白沙镇", "深井镇", "川岛镇"},
		"440783": {"三埠街道", "长沙街道", "沙塘镇", "苍城镇", "龙胜镇", "大沙镇", "马冈镇", "塘口镇", "赤坎镇", "赤水镇", "百合镇", "蚬冈镇", "金鸡镇", "月山镇", "水口镇"},
		"440784": {"沙坪街道", "雅瑶镇", "古劳镇", "龙口镇", "桃源镇", "鹤城镇", "共和镇", "址山镇", "宅梧镇", "双合镇"},
		"440785": {"恩城街道", "横陂镇", "圣堂镇", "良西镇", "沙湖镇", "牛江镇", "君堂镇", "大田镇", "那吉镇", "大槐镇", "东成镇"},
	}
}
