import IBC
public import InterchainEvents
import ModuleKit

/// The four steps in which tokens get a channel between two chains, as a relayer asks for them: over `connection-0` of each,
/// from the port `transfer` to the port `transfer`.
public enum TransferHandshake {
    private static let (port, connection, version) = ("transfer", "connection-0", "ics20-1")

    /// `ChanOpenInit`, on the first chain.
    public static var openInit: InterchainMessage {
        .with {
            $0.channelOpenInit.portID = port
            $0.channelOpenInit.connectionID = connection
            $0.channelOpenInit.ordering = .unordered
            $0.channelOpenInit.counterpartyPortID = port
        }
    }

    /// `ChanOpenTry`, on the second chain.
    ///
    /// - Parameter first: the channel on the first chain.
    public static func openTry(_ first: String) -> InterchainMessage {
        .with {
            $0.channelOpenTry.portID = port
            $0.channelOpenTry.connectionID = connection
            $0.channelOpenTry.ordering = .unordered
            $0.channelOpenTry.counterparty.portID = port
            $0.channelOpenTry.counterparty.channelID = first
            $0.channelOpenTry.counterpartyVersion = version
        }
    }

    /// `ChanOpenAck`, on the first chain.
    ///
    /// - Parameters:
    ///   - first: the channel there.
    ///   - second: the channel on the second chain.
    public static func openAck(_ first: String, _ second: String) -> InterchainMessage {
        .with {
            $0.channelOpenAck.portID = port
            $0.channelOpenAck.channelID = first
            $0.channelOpenAck.counterpartyChannelID = second
            $0.channelOpenAck.counterpartyVersion = version
        }
    }

    /// `ChanOpenConfirm`, on the second chain.
    ///
    /// - Parameter second: the channel there.
    public static func openConfirm(_ second: String) -> InterchainMessage {
        .with {
            $0.channelOpenConfirm.portID = port
            $0.channelOpenConfirm.channelID = second
        }
    }
}
