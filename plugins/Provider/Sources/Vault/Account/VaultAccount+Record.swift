import Foundation
import ModuleKit
import VaultEvents

extension VaultAccount {
    /// Reads an account as it is stored.
    ///
    /// - Throws: `invalidAmount`, `invalidDecimal`, `arithmeticOverflow` or `inconsistentVaultEvent` for a damaged record.
    init(_ record: VaultStoredAccount) throws(ModuleError) {
        var liens: [Lien] = []
        liens.reserveCapacity(record.liens.count)
        for lien in record.liens { liens.append(try Lien(lien)) }
        var bounties: [Bounty] = []
        for bounty in record.bounties { bounties.append(try Bounty(bounty)) }
        self.init(
            collateral: try Amount(record.collateral),
            unburned: try Amount(record.unburned),
            liens: liens,
            bounties: bounties
        )
    }

    /// The account as it is stored.
    var record: VaultStoredAccount {
        .with {
            $0.collateral = collateral.description
            $0.unburned = unburned.description
            $0.liens = liens.map(\.record)
            $0.bounties = bounties.map(\.record)
        }
    }
}

extension Bounty {
    init(_ record: VaultStoredBounty) throws(ModuleError) {
        self.init(beneficiary: try Address(bytes: Array(record.beneficiary)), amount: try Amount(record.amount))
    }

    var record: VaultStoredBounty {
        .with {
            $0.beneficiary = Data(beneficiary.bytes)
            $0.amount = amount.description
        }
    }
}

extension Lien {
    init(_ record: VaultStoredLien) throws(ModuleError) {
        var outflows: [LienOutflow] = []
        for outflow in record.outflows {
            outflows.append(
                LienOutflow(
                    time: Timestamp(nanoseconds: outflow.time),
                    amount: try Amount(outflow.amount),
                    slashed: try Amount(outflow.slashed)
                )
            )
        }
        self.init(
            holder: record.holder,
            purpose: try Purpose(record.purpose),
            slashable: try Decimal18(record.slashable),
            total: try Amount(record.total),
            inFlight: try Amount(record.inFlight),
            lent: try Amount(record.lent),
            outflows: outflows
        )
    }

    var record: VaultStoredLien {
        .with {
            $0.holder = holder
            $0.purpose = purpose.record
            $0.slashable = slashable.shortDescription
            $0.total = total.description
            $0.inFlight = inFlight.description
            $0.lent = lent.description
            $0.outflows = outflows.map { outflow in
                .with {
                    $0.time = outflow.time.nanoseconds
                    $0.amount = outflow.amount.description
                    $0.slashed = outflow.slashed.description
                }
            }
        }
    }
}

extension Lien.Purpose {
    init(_ record: VaultLienPurpose) throws(ModuleError) {
        switch record {
        case .local: self = .local
        case .remote: self = .remote
        default: throw ModuleError(.inconsistentVaultEvent, "a lien has no purpose that this vault knows")
        }
    }

    var record: VaultLienPurpose { self == .local ? .local : .remote }
}
