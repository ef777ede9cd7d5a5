import ArgumentParser
import Foundation
import ModuleKit
import StakingEvents

/// `meshd tx create-validator`.
struct CreateValidatorCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "create-validator",
        abstract: "Makes the sender a validator, with a delegation of its own.",
        discussion: """
            Example:
              meshd tx create-validator 1000000umesh --moniker north --consensus-key north-consensus --from north
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The validator's own stake, such as 5umesh.")
    var amount: String

    @Option(name: .long, help: "What the validator is called.")
    var moniker: String

    @Option(
        name: .long,
        help: "The key that signs blocks: the name of a key, or a public key of 64 hexadecimal digits."
    )
    var consensusKey: String

    @Option(name: .long, help: "The part of rewards that the validator keeps.")
    var commissionRate = "0.1"

    @Option(name: .long, help: "What the commission may become at most.")
    var commissionMaxRate = "0.2"

    @Option(name: .long, help: "By how much the commission may change in a day.")
    var commissionMaxChangeRate = "0.01"

    @Option(name: .long, help: "The stake of its own below which the validator is jailed.")
    var minSelfDelegation = "1"

    @Option(name: .long, help: "An address to read more at.")
    var website = ""

    @Option(name: .long, help: "More about the validator.")
    var details = ""

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        let coin = try ProtoCoin(argument: amount)
        let key = try references.consensusKey(consensusKey)
        return .with {
            $0.createValidator.description_p.moniker = moniker
            $0.createValidator.description_p.website = website
            $0.createValidator.description_p.details = details
            $0.createValidator.commission.rate = commissionRate
            $0.createValidator.commission.maxRate = commissionMaxRate
            $0.createValidator.commission.maxChangeRate = commissionMaxChangeRate
            $0.createValidator.minSelfDelegation = minSelfDelegation
            $0.createValidator.consensusKey = Data(key)
            $0.createValidator.value = coin
        }
    }
}

/// `meshd tx edit-validator`.
struct EditValidatorCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit-validator",
        abstract: "Changes what the sender's validator says of itself; what is left out stays.",
        discussion: """
            Example:
              meshd tx edit-validator --commission-rate 0.05 --from north
            """
    )

    @OptionGroup var options: RequestOptions

    @Option(name: .long, help: "What the validator is called.")
    var moniker: String?

    @Option(name: .long, help: "An address to read more at.")
    var website: String?

    @Option(name: .long, help: "More about the validator.")
    var details: String?

    @Option(name: .long, help: "The part of rewards that the validator keeps.")
    var commissionRate: String?

    @Option(name: .long, help: "The stake of its own below which the validator is jailed.")
    var minSelfDelegation: String?

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        .with {
            $0.editValidator = .init()
            if let moniker { $0.editValidator.moniker = moniker }
            if let website { $0.editValidator.website = website }
            if let details { $0.editValidator.details = details }
            if let commissionRate { $0.editValidator.commissionRate = commissionRate }
            if let minSelfDelegation { $0.editValidator.minSelfDelegation = minSelfDelegation }
        }
    }
}

/// `meshd tx unjail`.
struct UnjailCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "unjail",
        abstract: "Brings the sender's jailed validator back.",
        discussion: """
            The same as `meshd tx slashing unjail`, for a chain without slashing too.

            Example:
              meshd tx unjail --from north
            """
    )

    @OptionGroup var options: RequestOptions

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        .with { $0.unjail = .init() }
    }
}

extension AccountReferences {
    /// A consensus key by the name of a key, or by its hexadecimal digits.
    func consensusKey(_ reference: String) throws(CommandError) -> [UInt8] {
        if let key = try keys.find(reference) { return try key.publicKey() }
        guard let bytes = Array(hexadecimal: reference), bytes.count == 32 else {
            throw CommandError(
                .badInput,
                "'\(reference.printable)' is neither a key of this home nor a public key of 64 hexadecimal digits"
            )
        }
        return bytes
    }
}
