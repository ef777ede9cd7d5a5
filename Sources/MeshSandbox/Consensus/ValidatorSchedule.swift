public import CometBFT
public import ModuleKit

/// Who signs which block: as in CometBFT, a change that block H makes is in force from block H + 2 on.
public struct ValidatorSchedule: Hashable, Sendable {
    /// Who signs the next block.
    public private(set) var current: ValidatorSet
    /// Who signs the one after it.
    public private(set) var next: ValidatorSet

    /// The schedule of a chain that has a genesis and no block yet: the genesis validators sign the first two.
    ///
    /// - Parameter genesis: the powers that the application reported with its genesis.
    /// - Throws: `invalidValidators`.
    public init(genesis: [ModuleKit.ValidatorUpdate]) throws(SandboxError) {
        current = try Self.checking { () throws(CometBFTError) in
            try ValidatorSet(
                genesis.filter { $0.power > 0 }.map { (update) throws(CometBFTError) in
                    let change = try CometBFT.ValidatorUpdate(update)
                    return try Validator(key: change.key, power: change.power)
                }
            )
        }
        next = current
    }

    /// The schedule with which a block was signed.
    ///
    /// - Parameter updates: what the block before it changed.
    init(signersOf block: LightBlock, then updates: [ModuleKit.ValidatorUpdate]) throws(SandboxError) {
        // A schedule names no proposers.
        current = try Self.checking { () throws(CometBFTError) in
            try ValidatorSet(ordered: block.validators.validators)
        }
        next = try Self.applying(updates, to: current)
    }

    /// Moves on by a block that changed powers.
    ///
    /// - Throws: `invalidValidators` when nobody would be left, or a power is out of bounds.
    public mutating func advance(_ updates: [ModuleKit.ValidatorUpdate]) throws(SandboxError) {
        (current, next) = (next, try Self.applying(updates, to: next))
    }

    /// A set after changes.
    private static func applying(_ updates: [ModuleKit.ValidatorUpdate], to set: ValidatorSet) throws(SandboxError)
        -> ValidatorSet
    {
        guard !updates.isEmpty else { return set }
        return try checking { () throws(CometBFTError) in
            try set.applying(
                updates.map { (update) throws(CometBFTError) in try CometBFT.ValidatorUpdate(update) }
            )
        }
    }

    private static func checking<Value>(_ body: () throws(CometBFTError) -> Value) throws(SandboxError) -> Value {
        do throws(CometBFTError) {
            return try body()
        } catch {
            throw SandboxError(
                .invalidValidators,
                "the application's validators are not a set that can sign blocks (\(error.message)): mend the genesis, or "
                    + "bond a validator",
                cause: error
            )
        }
    }
}

extension CometBFT.ValidatorUpdate {
    /// A module's change in the engine's terms.
    fileprivate init(_ update: ModuleKit.ValidatorUpdate) throws(CometBFTError) {
        // A power beyond Int64 is refused as the largest one is.
        try self.init(key: ValidatorKey(update.publicKey), power: Int64(clamping: update.power))
    }
}
