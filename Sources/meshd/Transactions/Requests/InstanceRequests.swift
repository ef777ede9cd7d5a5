import ArgumentParser
import MeshHost
import ModuleKit

/// A request to the host itself, about an instance.
protocol HostRequestCommand: RequestCommand {
    /// What is asked for.
    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage
}

extension HostRequestCommand {
    /// The message, for the host.
    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        try Request(try message(chain, references), to: HostModule.manifest.name)
    }
}

/// `meshd tx deploy`.
struct DeployCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploys an instance of a module.",
        discussion: """
            Example:
              meshd tx deploy bank second-bank --admin alice --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The module.")
    var module: String

    @Argument(help: "The instance's label, unique on the chain.")
    var label: String

    @Option(name: .long, help: "Its configuration in JSON.")
    var settings = "{}"

    @Option(name: .long, help: "Who may change it: an address, or the name of a key. (default: nobody, for good)")
    var admin: String?

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        var deploy = HostDeploy()
        deploy.module = module
        deploy.label = label
        deploy.configuration = settings
        if let admin { deploy.admin = try references.accountText(admin) }
        let request = deploy
        return .with { $0.deploy = request }
    }
}

/// `meshd tx reconfigure`.
struct ReconfigureCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconfigure",
        abstract: "Gives an instance another configuration; only its admin may.",
        discussion: """
            Example:
              meshd tx reconfigure second-bank '{}' --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "Its configuration in JSON.")
    var settings: String

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        .with {
            $0.reconfigure.instance = instance
            $0.reconfigure.configuration = settings
        }
    }
}

/// `meshd tx set-admin`.
struct SetAdminCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-admin",
        abstract: "Hands an instance over to another admin.",
        discussion: """
            Example:
              meshd tx set-admin second-bank bob --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "The new admin: an address, or the name of a key.")
    var admin: String

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        let admin = try references.accountText(admin)
        return .with {
            $0.setAdmin.instance = instance
            $0.setAdmin.admin = admin
        }
    }
}

/// `meshd tx clear-admin`.
struct ClearAdminCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear-admin",
        abstract: "Leaves an instance without an admin, for good.",
        discussion: """
            Example:
              meshd tx clear-admin second-bank --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        .with { $0.clearAdmin_p.instance = instance }
    }
}

/// `meshd tx migrate`.
struct MigrateCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Moves an instance to another version of its module, at the start of the next block.",
        discussion: """
            Example:
              meshd tx migrate second-bank 1.1.0 --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "The version.")
    var version: String

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        .with {
            $0.migrate.instance = instance
            $0.migrate.version = version
        }
    }
}

/// `meshd tx grant`.
struct GrantCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant",
        abstract:
            "Lets an instance use a privilege, or gives a live grant another cap; only the chain's authority may.",
        discussion: """
            A cap counts the smallest units of the coin. Virtual Staking that has minted more than a new cap lets go of the \
            rest in the same block. `meshd query instances` shows all grants.

            Example:
              meshd tx grant main-virtual-staking virtual-staking/mint --cap 1000000000 --from authority
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "The privilege: one that the instance's module needs, such as bank/mint.")
    var privilege: String

    @Option(name: .long, help: "How far it reaches, for a privilege that has a bound. (default: no bound)")
    var cap: String?

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        let cap = try cap.map { (text) throws(CommandError) in try CommandError.wrapping { try Amount(text) } }
        return .with {
            $0.grant.instance = instance
            $0.grant.privilege = privilege
            $0.grant.cap = cap?.description ?? ""
        }
    }
}

/// `meshd tx revoke`.
struct RevokeCommand: HostRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Takes a privilege from an instance; only the chain's authority may.",
        discussion: """
            The instance first lets go of all that it has by the privilege.

            Example:
              meshd tx revoke main-virtual-staking virtual-staking/mint --from authority
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "The privilege, such as bank/mint.")
    var privilege: String

    func message(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> HostMessage {
        .with {
            $0.revoke.instance = instance
            $0.revoke.privilege = privilege
        }
    }
}
