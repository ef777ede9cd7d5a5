import ArgumentParser
import ConverterEvents
import MeshSandbox
import ModuleKit

/// `meshd pairing status`.
struct PairingStatusCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Puts both ends of a pairing side by side: stake, what is in flight, price, cap, drift, and rewards.",
        discussion: """
            The provider's stake is committed, in flight or unbonding. The consumer has it pledged, values it by the price \
            as a target, and has that much bonded from the next epoch on.

            While packets are in flight the two ends differ. When nothing is, and the channel is open, a difference is \
            drift, and ends the command with code 1; so does an account of rewards that can't be. The ends are found by their configuration, each as it is after the last \
            block of its home.

            Example:
              meshd pairing status --provider ./provider --consumer ./consumer
            """
    )

    @OptionGroup var options: OutputOptions

    @Option(name: .long, help: "The home of the chain whose collateral is staked.")
    var provider: String

    @Option(name: .long, help: "The home of the chain that it secures.")
    var consumer: String

    @Option(name: .long, help: "The provider's end, by label or address. (default: the one for this consumer)")
    var externalStaking: String?

    @Option(name: .long, help: "The consumer's end, by label or address. (default: the one for this provider)")
    var converter: String?

    var global: GlobalOptions { options.global }

    func execute(_ console: Console) throws(CommandError) {
        let homes = (Home(path: provider), Home(path: consumer))
        guard !homes.0.isSame(as: homes.1) else {
            throw CommandError(
                .badInput,
                "--provider and --consumer are one home, \(provider): a pairing joins two chains, so name both"
            )
        }
        let ends = try PairingEnds(
            provider: try ChainView(try homes.0.openForReading()),
            consumer: try ChainView(try homes.1.openForReading()),
            externalStaking: externalStaking,
            converter: converter
        )
        let status = try PairingStatus(ends)
        console.print(status.statement)
        try status.requireSoundRewards()
        guard status.isDrifting else { return }
        throw CommandError(
            .checkFailed,
            "nothing is in flight, and \(status.report.drift) \(status.denom) are committed but not pledged, or pledged but "
                + "not committed: run `meshd audit verify` on both homes, and make sure that neither is an old copy"
        )
    }
}
