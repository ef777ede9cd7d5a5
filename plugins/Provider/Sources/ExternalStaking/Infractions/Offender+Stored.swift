import ExternalStakingEvents
import Foundation
import ModuleKit

extension Offender: StoredValue {
    init(_ stored: ExternalStakingStoredOffender) throws(ModuleError) {
        var infractions: [Infraction] = []
        for infraction in stored.infractions { infractions.append(try Infraction(infraction)) }
        self.init(
            tombstonedAt: Timestamp(nanoseconds: stored.tombstonedAt),
            infractions: infractions,
            settledThrough: stored.settledThrough,
            sweep: stored.hasSweep ? try Sweep(stored.sweep) : nil,
            taken: try Amount(stored.taken)
        )
        guard (1...Self.infractionsMax).contains(infractions.count),
            zip(infractions, infractions.dropFirst()).allSatisfy({ $0.number < $1.number })
        else { throw .damaged("the infractions of a validator are too many, or out of order") }
    }

    var stored: ExternalStakingStoredOffender {
        .with {
            $0.tombstonedAt = tombstonedAt.nanoseconds
            $0.infractions = infractions.map(\.stored)
            $0.settledThrough = settledThrough
            if let sweep { $0.sweep = sweep.stored }
            $0.taken = taken.description
        }
    }
}

extension Offender.Sweep {
    init(_ stored: ExternalStakingStoredSweep) throws(ModuleError) {
        self.init(
            nextOwner: stored.nextOwner.isEmpty ? nil : try Address(bytes: Array(stored.nextOwner)),
            through: stored.through
        )
    }

    var stored: ExternalStakingStoredSweep {
        .with {
            if let nextOwner { $0.nextOwner = Data(nextOwner.bytes) }
            $0.through = through
        }
    }
}
