import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

/// Transfers that the first kiosk orders.
extension TransferChain {
    /// The number of the kiosk.
    var kioskNumber: UInt32 { get throws { try harness.identity(of: Kiosk.self).number } }

    /// An order of the first transfer instance, or of another number.
    func order(
        _ coin: String,
        through end: ChannelEndID,
        to receiver: String = "osmo1x",
        reference: UInt64 = 1,
        transfer: UInt32? = nil,
        memo: String = ""
    ) throws -> KioskOrder {
        let token = ProtoCoin(try Coin(coin))
        let number = try transfer ?? harness.identity.number
        return .with {
            $0.transfer = number
            $0.channel = end.channel.text
            $0.token = token
            $0.receiver = receiver
            $0.memo = memo
            $0.timeout = 2_000_000_000_000_000_000
            $0.reference = reference
        }
    }

    /// Has the kiosk order; a stranger signs. What came of it.
    func tryOrder(_ orders: KioskOrder...) throws -> Outcome<Transfer> {
        let message = KioskMessage.with { $0.record.ordered.orders = orders }
        return try harness.when(message, to: Kiosk.self, from: .named("stranger"))
    }

    /// Has the kiosk order; the packets.
    func order(_ orders: KioskOrder...) throws -> [Ibc_Core_Channel_V1_Packet] {
        let message = KioskMessage.with { $0.record.ordered.orders = orders }
        return try harness.when(message, to: Kiosk.self, from: .named("stranger")).thenSucceeded().sentPackets
    }

    /// Who ordered what is on its way: `channel sequence instance reference`.
    func openOrders() throws -> [String] {
        try harness.query(.with { $0.openOrders.limit = 1000 }).openOrders.orders.map {
            "\($0.channelID) \($0.sequence) \($0.order.instanceNumber) \($0.order.reference)"
        }
    }
}

extension Outcome {
    /// What kiosks were told.
    var told: [KioskTold] {
        events.of(KioskEvent.self).compactMap { event in
            if case .told(let told) = event.event { told } else { nil }
        }
    }
}
