import Foundation
import LocalStakingEvents
public import ModuleKit

extension StakeAccount: StateValue {
    /// Reads a stored account.
    ///
    /// - Throws: `undecodable`, `invalidAmount` or `invalidAddress` for a damaged record.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        try self.init(try LocalStakingStoredAccount(decodingBytes: bytes))
    }

    /// Appends the encoding of the record.
    public func encode(into bytes: inout [UInt8]) throws(ModuleError) {
        bytes.append(contentsOf: try record.encodedBytes())
    }

    init(_ record: LocalStakingStoredAccount) throws(ModuleError) {
        var stakes: [Stake] = []
        stakes.reserveCapacity(record.stakes.count)
        for stored in record.stakes { stakes.append(try Stake(stored)) }
        self.init(stakes)
    }

    var record: LocalStakingStoredAccount { .with { $0.stakes = stakes.map(\.record) } }
}

extension StakeAccount.Stake {
    init(_ record: LocalStakingStoredStake) throws(ModuleError) {
        self.init(validator: try Address(bytes: record.validator))
        staked = try Amount(record.staked)
        unbonding = try Amount(record.unbonding)
        returned = try Amount(record.returned)
        forfeit = try Amount(record.forfeit)
        leaving = try Amount(record.leaving)
    }

    var record: LocalStakingStoredStake {
        .with {
            $0.validator = Data(validator.bytes)
            $0.staked = staked.description
            $0.unbonding = unbonding.description
            $0.returned = returned.description
            $0.forfeit = forfeit.description
            $0.leaving = leaving.description
        }
    }
}

extension StakeAccount.CutPart {
    init(_ record: LocalStakingCutPart) throws(ModuleError) {
        self.init(
            validator: try Address(bech32: record.validator),
            staked: try Amount(record.staked),
            returned: try Amount(record.returned),
            unbonding: try Amount(record.unbonding)
        )
    }

    func record(_ prefixes: AddressPrefixes) -> LocalStakingCutPart {
        .with {
            $0.validator = prefixes.format(validator, as: .validatorOperator)
            $0.staked = staked.description
            $0.returned = returned.description
            $0.unbonding = unbonding.description
        }
    }
}
