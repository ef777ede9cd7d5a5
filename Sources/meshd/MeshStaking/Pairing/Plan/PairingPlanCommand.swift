import ArgumentParser
import MeshHost
import MeshSandbox
import ModuleKit
import StakingEvents
import VaultEvents

/// `meshd pairing plan`.
struct PairingPlanCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Prints what is left to do to set up a pairing, and the commands that do it.",
        discussion: """
            The instances of a pairing are called after it: main-price-feed, main-converter and main-virtual-staking on the \
            consumer, main-external-staking on the provider. What is there already is looked at, and only what is missing \
            is printed. Words in capitals stand for what nobody but you can know. Where governance is a chain's authority, what \
            the authority does is proposed to it.

            Example:
              meshd pairing plan main --provider ./provider --consumer ./consumer --price 0.6 --cap 1000000000
            """
    )

    @OptionGroup var options: OutputOptions
    @OptionGroup var terms: PairingTermsOptions

    @Argument(help: "The pairing's name.")
    var name: String

    @Option(name: .long, help: "The home of the chain whose collateral is staked.")
    var provider: String

    @Option(name: .long, help: "The home of the chain that it secures.")
    var consumer: String

    @Option(name: .long, help: "The consumer's connection to the provider. (default: the only one, or the pairing's)")
    var connection: String?

    @Option(
        name: .long,
        help: "The consumer's channel for rewards. (default: the connection's only one, or the pairing's)"
    )
    var transferChannel: String?

    var global: GlobalOptions { options.global }

    func execute(_ console: Console) throws(CommandError) {
        guard name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }),
            (1...40).contains(name.utf8.count)
        else {
            throw CommandError(
                .badInput,
                "'\(name.printable)' is no name for a pairing: use 1 to 40 of a to z, 0 to 9 and -"
            )
        }
        let homes = (Home(path: provider), Home(path: consumer))
        guard !homes.0.isSame(as: homes.1) else {
            throw CommandError(
                .badInput,
                "--provider and --consumer are one home, \(provider): a pairing joins two chains, so name both"
            )
        }
        let sides = (
            try PairingPlan.Side(homes.0, ChainView(try homes.0.openForReading())),
            try PairingPlan.Side(homes.1, ChainView(try homes.1.openForReading()))
        )
        let plan = try PairingPlan(
            name,
            provider: sides.0,
            consumer: sides.1,
            terms,
            connection: connection,
            transferChannel: transferChannel
        )
        console.print(try plan.statement)
    }
}

/// On what terms a pairing is set up. What is not named is taken from the chains, or has its usual value.
struct PairingTermsOptions: ParsableArguments {
    @Option(name: .long, help: "How many of the consumer's tokens one of the provider's is worth, such as 0.6.")
    var price: String?

    @Option(name: .long, help: "How many tokens may be minted at once, in the consumer's smallest unit.")
    var cap: String?

    @Option(name: .long, help: "The part of the stake that a double signature, or downtime, costs, such as 0.1.")
    var slashRatio: String?

    @Option(name: .long, help: "The part of the worth that does not count, below 1.")
    var discount = "0"

    @Option(name: .long, help: "How long stake unbonds. (default: as long as the consumer's own)")
    var unbonding: String?

    @Option(name: .long, help: "How many blocks lie between two adjustments of virtual stake.")
    var epoch: UInt64 = 100

    @Option(name: .long, help: "The coin in which the consumer pays rewards. (default: the one that it bonds)")
    var rewards: String?

    @Option(name: .long, help: "How rewards go: ics20-memo, ics20-control, held; or none, so that they wait.")
    var rewardsRoute = RewardRoute.ics20Memo.rawValue

    @Option(name: .long, help: "How long rewards, and orders to pay them, may take.")
    var rewardsTimeout = "1h"

    @Option(name: .long, help: "Who deploys, on both chains: the name of a key.")
    var deployer = "DEPLOYER"

    @Flag(name: .long, help: "Pass the power over the instances to the chains' authorities, and not to nobody.")
    var toAuthority = false

    @OptionGroup var vault: VaultOptions

    /// What is set up between two chains.
    ///
    /// - Throws: `badInput` for a value that can't be one.
    func specification(_ name: String, provider: ChainView, consumer: ChainView) throws(CommandError)
        -> PairingSpecification
    {
        let vault = try provider.vault(try vault.label(provider)) { $0.settings = .init() }.settings
        let parameters = try consumer.staking { $0.parameters = .init() }.parameters
        var specification = PairingSpecification(
            name,
            provider: provider.host.chainID,
            consumer: consumer.host.chainID,
            collateral: vault.denom,
            rewards: rewards ?? parameters.bondDenom
        )
        specification.vault = vault.label
        specification.epochBlocks = epoch
        specification.handover = toAuthority ? .authority : .nobody
        specification.rewardsRoute = try route()
        specification.unbondingPeriod = TimeSpan(nanoseconds: parameters.unbondingTimeNanoseconds)
        do throws(ModuleError) {
            specification.discount = try Decimal18(discount)
            specification.rewardsTimeout = try TimeSpan(rewardsTimeout)
            if let price { specification.price = try Decimal18(price) }
            if let slashRatio { specification.slashRatio = try Decimal18(slashRatio) }
            if let unbonding { specification.unbondingPeriod = try TimeSpan(unbonding) }
            specification.cap = try cap.map { (text) throws(ModuleError) in try Amount(text) } ?? .zero
        } catch {
            throw CommandError(error)
        }
        return specification
    }

    private func route() throws(CommandError) -> RewardRoute? {
        if rewardsRoute == "none" { return nil }
        guard let route = RewardRoute(rawValue: rewardsRoute) else {
            let words = RewardRoute.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError(.badInput, "'\(rewardsRoute.printable)' is no way of rewards: use \(words) or none")
        }
        return route
    }
}
