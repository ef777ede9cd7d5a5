import ArgumentParser
import IBC
import ModuleKit
import TransferEvents

/// `meshd tx transfer`.
struct TransferCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer",
        abstract: "Sends a coin to an account of another chain, through a channel.",
        discussion: """
            The packet can be received until its timeout; after it, or when the other chain refuses it, the coin comes \
            back. Not to be confused with --timeout-height and --memo, which belong to the transaction on this chain.

            Example:
              meshd tx transfer cosmos1… 5umesh --channel channel-0 --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Option(name: .long, help: "The channel on this chain: see `meshd query channels`.")
    var channel: String

    @Option(
        name: [.customLong("packet-timeout"), .customLong("timeout")],
        help: "How long after this chain's last block the packet can be received, such as 10m; 0 for any time."
    )
    var packetTimeout = BlockInterval(span: .minutes(10))

    @Option(
        name: .long,
        help: "The height of the other chain from which on the packet can't be received, such as 1-500. (default: none)"
    )
    var packetTimeoutHeight: PacketTimeoutHeight?

    @Option(name: .long, help: "A text for the other chain; some of them act on it.")
    var packetMemo = ""

    @Argument(help: "The account on the other chain, as that chain writes it.")
    var receiver: String

    @Argument(help: "The coin, such as 5umesh, or 5ibc/… for one that came from another chain.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let token = try ProtoCoin(argument: amount)
        let timeout =
            packetTimeout.span == .zero
            ? nil : try CommandError.wrapping { try chain.lastBlockTime.adding(packetTimeout.span) }
        let message = TransferMessage.with {
            $0.transfer.sourceChannel = channel
            $0.transfer.token = token
            $0.transfer.receiver = receiver
            if let timeout { $0.transfer.timeoutTimestamp = timeout.nanoseconds }
            if let packetTimeoutHeight { $0.transfer.timeoutHeight = packetTimeoutHeight.height.protobuf }
            $0.transfer.memo = packetMemo
        }
        return try Request(message, to: try chain.label(ofModule: "transfer"))
    }
}

/// A height of another chain on the command line, revision and height: `1-500`.
struct PacketTimeoutHeight: ExpressibleByArgument {
    let height: Height

    init?(argument: String) {
        guard let height = try? Height(argument) else { return nil }
        self.height = height
    }
}
