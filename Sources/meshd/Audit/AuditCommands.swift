import ArgumentParser
import MeshAudit
import MeshSandbox

/// `meshd audit`.
struct AuditCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract:
            "Checks the log: its bytes, the state that follows from it, its grants, and whether it follows from its inputs.",
        discussion: """
            Each ends with code 1 and the place of every finding when something does not hold.

            Example:
              meshd audit verify
            """,
        subcommands: [AuditVerify.self, AuditReplay.self, AuditPrivileges.self, AuditReexecute.self]
    )
}

/// `meshd audit verify`.
struct AuditVerify: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Checks every byte of the store against itself: pages, headers, the whole event tree, receipts, the anchor.",
        discussion: """
            Example:
              meshd audit verify --output json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: .long, help: "The chain that must be in it. (default: any)")
    var chainID: String?

    func execute(_ console: Console) throws(CommandError) {
        try home.requireChain()
        let progress = AuditBar(console)
        let verification = Verification(home: home.chainPath, chainID: chainID)
        let report = try CommandError.wrapping { try verification.run { progress.update($0) } }
        progress.finish()
        try AuditVerdict(report).conclude(console)
    }
}

/// `meshd audit replay`.
struct AuditReplay: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Rebuilds the state from zero out of the log alone, and compares its root at every height.",
        discussion: """
            Example:
              meshd audit replay
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var scratch: ScratchOptions

    func execute(_ console: Console) throws(CommandError) {
        try home.requireChain()
        let progress = AuditBar(console)
        let report = try scratch.use { (folder) throws(CommandError) in
            try CommandError.wrapping {
                let registry = try StandardModules.registry()
                let replay = Replay(home: home.chainPath, scratch: folder, registry: registry)
                return try replay.run { progress.update($0) }
            }
        }
        progress.finish()
        try AuditVerdict(report).conclude(console)
    }
}

/// `meshd audit privileges`.
struct AuditPrivileges: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "privileges",
        abstract:
            "Proves from the log alone that every privileged event stood under a grant, and lists all grants.",
        discussion: """
            What needs a grant, and what counts towards its cap, is read from the descriptors that the log keeps; no module runs.
            It believes the records: `meshd audit verify` proves that they are those which were recorded.

            Example:
              meshd audit privileges
            """
    )

    @OptionGroup var global: GlobalOptions

    func execute(_ console: Console) throws(CommandError) {
        try home.requireChain()
        let progress = AuditBar(console)
        let audit = PrivilegeAudit(home: home.chainPath)
        let report = try CommandError.wrapping { try audit.run { progress.update($0) } }
        progress.finish()
        try AuditVerdict(report).conclude(console)
    }
}

/// `meshd audit reexecute`.
struct AuditReexecute: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "reexecute",
        abstract: "Executes genesis and transactions again; every byte of every event must come out the same.",
        discussion: """
            Example:
              meshd audit reexecute
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var scratch: ScratchOptions

    func execute(_ console: Console) throws(CommandError) {
        try home.requireChain()
        let progress = AuditBar(console)
        let report = try scratch.use { (folder) throws(CommandError) in
            try CommandError.wrapping {
                let registry = try StandardModules.registry()
                let reexecution = Reexecution(home: home.chainPath, scratch: folder, registry: registry)
                return try reexecution.run { progress.update($0) }
            }
        }
        progress.finish()
        try AuditVerdict(report).conclude(console)
    }
}
