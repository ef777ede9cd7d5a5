import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Transfer
import TransferEvents

/// What came of a packet at its receiver.
struct Received {
    let outcome: Outcome<Transfer>

    /// The acknowledgement; there is one for every packet.
    var acknowledgement: String {
        for event in outcome.events.of(InterchainEvent.self) {
            if case .acknowledgementWritten(let written) = event.event {
                return String(decoding: written.acknowledgement, as: UTF8.self)
            }
        }
        return "none"
    }

    var isSuccess: Bool { acknowledgement == #"{"result":"AQ=="}"# }

    /// Whether the packet was refused with a code, and nothing of it is left here.
    func isRefused(_ code: ModuleError.Code) -> Bool {
        let text = "ABCI code: \(code.number): error handling packet: see events for details"
        return outcome.failedReactions == [code] && acknowledgement == #"{"error":"\#(text)"}"#
            && outcome.emitted.isEmpty
    }
}

extension Outcome {
    /// The packets that were sent.
    var sentPackets: [Ibc_Core_Channel_V1_Packet] {
        events.of(InterchainEvent.self).compactMap { event in
            if case .packetSent(let sent) = event.event { sent.packet } else { nil }
        }
    }

    /// Why reactions to final events failed.
    var failedReactions: [ModuleError.Code] {
        events.of(HarnessEvent.self).compactMap { event in
            guard case .reactionFailed(let failure) = event.event else { return nil }
            return ModuleError.Code(failure.codespace, failure.code)
        }
    }

    /// What kiosks were called for.
    var visits: [KioskVisited] {
        events.of(KioskEvent.self).compactMap { event in
            if case .visited(let visited) = event.event { visited } else { nil }
        }
    }

    /// The names of all events of the module under test.
    var kinds: [String] {
        events.compactMap { $0.event is Module.Event ? $0.kind.name : nil }
    }
}
