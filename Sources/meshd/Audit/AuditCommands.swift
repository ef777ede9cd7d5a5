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

/// A command that checks the log of this home.
protocol AuditCommand: MeshCommand {
    /// Checks, and says what it found.
    ///
    /// - Parameter progress: hears how far it is.
    func verdict(_ progress: @escaping AuditProgress.Handler) throws(CommandError) -> AuditVerdict
}

extension AuditCommand {
    /// Checks the log; ends with the code of what was found.
    func execute(_ console: Console) throws(CommandError) {
        try home.requireChain()
        let bar = AuditBar(console)
        let verdict = try verdict { bar.update($0) }
        bar.finish()
        try verdict.conclude(console)
    }
}

/// `meshd audit verify`.
struct AuditVerify: AuditCommand {
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

    func verdict(_ progress: @escaping AuditProgress.Handler) throws(CommandError) -> AuditVerdict {
        let verification = Verification(home: home.chainPath, chainID: chainID)
        return AuditVerdict(try CommandError.wrapping { try verification.run(progress) })
    }
}

/// `meshd audit replay`.
struct AuditReplay: AuditCommand {
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

    func verdict(_ progress: @escaping AuditProgress.Handler) throws(CommandError) -> AuditVerdict {
        let report = try scratch.use { (folder) throws(CommandError) in
            try CommandError.wrapping {
                let registry = try StandardModules.registry()
                return try Replay(home: home.chainPath, scratch: folder, registry: registry).run(progress)
            }
        }
        return AuditVerdict(report)
    }
}

/// `meshd audit privileges`.
struct AuditPrivileges: AuditCommand {
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

    func verdict(_ progress: @escaping AuditProgress.Handler) throws(CommandError) -> AuditVerdict {
        AuditVerdict(try CommandError.wrapping { try PrivilegeAudit(home: home.chainPath).run(progress) })
    }
}

/// `meshd audit reexecute`.
struct AuditReexecute: AuditCommand {
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

    func verdict(_ progress: @escaping AuditProgress.Handler) throws(CommandError) -> AuditVerdict {
        let report = try scratch.use { (folder) throws(CommandError) in
            try CommandError.wrapping {
                let registry = try StandardModules.registry()
                return try Reexecution(home: home.chainPath, scratch: folder, registry: registry).run(progress)
            }
        }
        return AuditVerdict(report)
    }
}
