internal import Foundation
import ModuleKit
import RewardsEvents

/// Who shares in what is distributed, with which power: the signers of the block before.
///
/// One short list, which changes only when powers do. Invariant: sorted by consensus address, each once, powers above zero.
struct Recipients: StoredValue, Hashable {
    /// The power of one consensus key.
    struct Entry: Hashable {
        let consensusAddress: Address
        /// The validator's operator; nil where there is none any more.
        let validator: Address?
        let power: UInt64
    }

    private(set) var entries: [Entry] = []
    /// The sum of the powers.
    private(set) var totalPower: UInt128 = 0
    /// The power behind which no validator stands.
    private(set) var unclaimedPower: UInt128 = 0

    init() {}

    init(_ stored: RewardsRecipients) throws(ModuleError) {
        for recipient in stored.entries {
            let validator = recipient.validator.isEmpty ? nil : try Address(bytes: recipient.validator)
            let address = try Address(bytes: recipient.consensusAddress)
            set(Entry(consensusAddress: address, validator: validator, power: recipient.power))
        }
    }

    var stored: RewardsRecipients {
        .with {
            $0.entries = entries.map { entry in
                .with {
                    $0.consensusAddress = Data(entry.consensusAddress.bytes)
                    $0.validator = Data(entry.validator?.bytes ?? [])
                    $0.power = entry.power
                }
            }
        }
    }

    /// The entry of a consensus key.
    func entry(of consensusAddress: Address) -> Entry? {
        let place = place(of: consensusAddress)
        guard place < entries.endIndex, entries[place].consensusAddress == consensusAddress else { return nil }
        return entries[place]
    }

    /// Takes over the power of one consensus key; zero removes it.
    mutating func set(_ entry: Entry) {
        let place = place(of: entry.consensusAddress)
        if place < entries.endIndex, entries[place].consensusAddress == entry.consensusAddress {
            let old = entries.remove(at: place)
            totalPower &-= UInt128(old.power)
            if old.validator == nil { unclaimedPower &-= UInt128(old.power) }
        }
        guard entry.power > 0 else { return }
        // No chain has 2^64 consensus keys, so the sums fit.
        totalPower &+= UInt128(entry.power)
        if entry.validator == nil { unclaimedPower &+= UInt128(entry.power) }
        entries.insert(entry, at: place)
    }

    /// Leaves a validator's part to the community.
    mutating func remove(_ validator: Address) {
        for entry in entries where entry.validator == validator {
            set(Entry(consensusAddress: entry.consensusAddress, validator: nil, power: entry.power))
        }
    }

    private func place(of address: Address) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].consensusAddress < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
