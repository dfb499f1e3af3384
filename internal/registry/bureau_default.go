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
