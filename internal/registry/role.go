package registry

// Role is what a signed-in person is here to do. One person, one role: separation is the point (等保 权限分离).
type Role string

// The four roles, and the command line, which may do what its system user may.
const (
	RoleOfficer   Role = "officer"   // 执法人员: enters farms, inspections, cases
	RolePublisher Role = "publisher" // 宣传发布: composes bulletins; approves another's
	RoleAuditor   Role = "auditor"   // 审计: reads and exports everything, changes nothing
	RoleAdmin     Role = "admin"     // 管理员: accounts, organs, officers, law; enters no case
	RoleSystem    Role = "system"    // 系统: the command line and the demo loader
)

// Roles lists those that an account can have.
var Roles = []Role{RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin}

// Chinese is the role's name on screen.
func (r Role) Chinese() string {
	switch r {
	case RoleOfficer:
		return "执法人员"
	case RolePublisher:
		return "宣传发布"
	case RoleAuditor:
		return "审计"
	case RoleAdmin:
		return "管理员"
	case RoleSystem:
		return "系统"
	}
	return string(r)
}

// Permission is one thing a role may or may not do. Every route and every use case names one.
type Permission string

// The permissions.
const (
	PermPublic          Permission = "public"           // no sign-in: /login, /healthz, static files
	PermSelf            Permission = "self"             // any signed-in person, about themselves
	PermRecordRead      Permission = "record.read"      // farms, parties, inspections, cases
	PermRecordWrite     Permission = "record.write"     // enter and change them
	PermRecordVoid      Permission = "record.void"      // void and restore: an officer what they entered, an administrator any
	PermPersonalRead    Permission = "personal.read"    // see unmasked ID numbers and phones
	PermBulletinRead    Permission = "bulletin.read"    // drafts and approved bulletins
	PermBulletinWrite   Permission = "bulletin.write"   // compose
	PermBulletinStep    Permission = "bulletin.step"    // take a step of the approval that the bureau gave one
	PermBulletinApprove Permission = "bulletin.approve" // publish and withdraw what was approved
	PermStatuteRead     Permission = "statute.read"     // browse the law
	PermExport          Permission = "export"           // ledgers
	PermAuditRead       Permission = "audit.read"       // the audit log
	PermDraw            Permission = "draw"             // draw cases for a file review, keep score sheets, enter results
	PermDrawRead        Permission = "draw.read"        // see them: officers the results of their own cases
	PermReconcile       Permission = "reconcile"        // compare another system's table with the register
	PermAdmin           Permission = "admin"            // accounts, organs, officers
)

// permissions is the one table of who may do what. The role-matrix test is generated from it and the route table.
var permissions = map[Permission][]Role{
	PermSelf:            {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin},
	PermRecordRead:      {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin},
	PermRecordWrite:     {RoleOfficer},
	PermRecordVoid:      {RoleOfficer, RoleAdmin},
	PermPersonalRead:    {RoleOfficer, RoleAuditor},
	PermBulletinRead:    {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin},
	PermBulletinWrite:   {RolePublisher},
	PermBulletinStep:    {RoleOfficer, RolePublisher, RoleAdmin},
	PermBulletinApprove: {RolePublisher},
	PermStatuteRead:     {RoleOfficer, RolePublisher, RoleAuditor, RoleAdmin},
	PermExport:          {RoleOfficer, RolePublisher, RoleAuditor},
	PermAuditRead:       {RoleAuditor, RoleAdmin},
	PermDraw:            {RoleAuditor, RoleAdmin},
	PermDrawRead:        {RoleOfficer, RoleAuditor, RoleAdmin},
	PermReconcile:       {RoleAuditor, RoleAdmin},
	PermAdmin:           {RoleAdmin},
}

// Can reports whether the role may do p. RoleSystem may do everything; an unknown permission is refused to all.
func (r Role) Can(p Permission) bool {
	if p == PermPublic {
		return true
	}
	roles, ok := permissions[p]
	if !ok {
		return false
	}
	if r == RoleSystem {
		return true
	}
	for _, x := range roles {
		if x == r {
			return true
		}
	}
	return false
}

// Writes reports whether the permission is one to change records, which a branch has for its own alone.
func (p Permission) Writes() bool { return p == PermRecordWrite || p == PermRecordVoid }

// Actor is who acts: a signed-in user, or the command line.
type Actor struct {
	UserID      UserID
	Username    string
	DisplayName string
	Role        Role
	OrganID     OrganID // the unit the user works in; 0 for the whole bureau
	OfficerID   OfficerID
	Branch      *Branch // whose records alone the user may write; nil for the whole city
	RemoteIP    string
}

// CommandLine is the actor of a subcommand run without --as.
var CommandLine = Actor{Username: "系统:命令行", DisplayName: "系统:命令行", Role: RoleSystem}

// May returns a forbidden error unless the actor's role has the permission.
func (a Actor) May(p Permission) error {
	if a.Role.Can(p) {
		return nil
	}
	if a.Role == "" {
		return &Error{Kind: KindUnsigned, Message: "请先登录。"}
	}
	return Forbidden("您的角色（%s）不能进行这项操作。", a.Role.Chinese())
}
