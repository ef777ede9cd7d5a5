import ModuleKit

/// A place in the order of validators by power: the highest first, and among equals the lowest operator.
struct PowerRank: StateKey {
    let power: UInt64
    let validator: Address

    init(_ power: UInt64, _ validator: Address) {
        self.power = power
        self.validator = validator
    }

    func encode(into bytes: inout [UInt8]) {
        (UInt64.max - power).encode(into: &bytes)
        validator.encode(into: &bytes)
    }

    init(decoding reader: inout KeyReader) throws(ModuleError) {
        power = UInt64.max - (try reader.integer(UInt64.self))
        validator = try Address(decoding: &reader)
    }
}

/// A height in descending order, so that the last entry at or before a height is found first.
struct DescendingHeight: StateKey {
    let height: UInt64

    init(_ height: UInt64) { self.height = height }

    func encode(into bytes: inout [UInt8]) { (UInt64.max - height).encode(into: &bytes) }

    init(decoding reader: inout KeyReader) throws(ModuleError) {
        height = UInt64.max - (try reader.integer(UInt64.self))
    }
}

/// A delegator and a validator's operator.
typealias DelegationKey = Pair<Address, Address>

/// A delegator, the operator that coins were moved from, and the one that they were moved to.
typealias RedelegationKey = Triple<Address, Address, Address>

extension Pair where Second == Pair<Address, Address>, First == Address {
    var delegator: Address { first }
    var source: Address { second.first }
    var destination: Address { second.second }
}
