import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting

/// What came of something: the events, or why it was refused.
struct Happening {
    var events: [RecordedEvent] = []
    var error: ModuleError?

    init() {}

    init<Module>(_ outcome: Outcome<Module>) {
        events = outcome.events
        error = outcome.error
    }

    /// The packets that were sent.
    var sentPackets: [Ibc_Core_Channel_V1_Packet] {
        events.of(InterchainEvent.self).compactMap {
            if case .packetSent(let sent) = $0.event { sent.packet } else { nil }
        }
    }

    /// The acknowledgement that was written last.
    var acknowledgement: Data? {
        events.of(InterchainEvent.self).compactMap {
            if case .acknowledgementWritten(let written) = $0.event { written.acknowledgement } else { nil }
        }.last
    }

    static func + (one: Happening, other: Happening) -> Happening {
        var both = one
        both.events += other.events
        both.error = one.error ?? other.error
        return both
    }
}

extension Happening {
    /// A block that ends is no part of the outcome of a step; a hook that fails shows in what is seen.
    var withoutError: Happening {
        var kept = self
        kept.error = nil
        return kept
    }
}

extension Happening {
    @discardableResult
    func requireSuccess() throws -> Happening {
        if let error { throw error }
        return self
    }
}
