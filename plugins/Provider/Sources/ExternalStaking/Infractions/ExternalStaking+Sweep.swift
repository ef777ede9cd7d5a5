import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// How all stakers of a guilty validator come to pay, in whatever number they are: so many at the end of each block.
///
/// In between nobody gets away. The stake of all unbonds since the infraction was recorded, whether their turn has come
/// or not, and a withdrawal settles first what its user owes. So the order of their turns decides nothing.
extension ExternalStaking {
    /// How many users settle at the end of one block.
    public static let settlementsPerBlock = 256
    /// How many events one user's settlement can lead to, and more: 32 liens are cut at most, each over 64 validators,
    /// and each cut orders as many burns. No user is begun where fewer are left.
    static let eventsPerSettlement = 6_000

    /// Settles with those who are listed, because their stake has landed since or because they have failed before; then with
    /// those whose turn it is. Where nothing is to be done, this is one read.
    ///
    /// A lack of room ends it until the next block. What else fails is recorded, and tried again ever later. However many fail
    /// time and again, half of a block is for those whose turn it is, and of the listed ones those come first who have not failed.
    func settleLiabilities(_ context: Context) throws(ModuleError) {
        guard try openSettlements.value(in: context) != nil else { return }
        var left = Self.settlementsPerBlock
        let isSweeping = try !sweeps.entries(in: context, limit: 1).isEmpty
        for key in try listed(upTo: isSweeping ? left / 2 : left, context) {
            guard try trySettling(key.second, at: key.first, context) else { return }
            left -= 1
        }
        for (validator, _) in try sweeps.entries(in: context, limit: left) {
            guard left > 0, try sweep(validator, &left, context) else { return }
        }
    }

    /// So many of those who are listed and need not wait any longer.
    private func listed(upTo count: Int, _ context: Context) throws(ModuleError) -> [Pair<String, Address>] {
        var keys: [Pair<String, Address>] = []
        try duesByTime.forEach(in: context) { due, key in
            guard due <= context.block.time, keys.count < count else { return false }
            keys.append(key)
            return true
        }
        return keys
    }

    /// Goes on with the stakers of one validator.
    ///
    /// - Returns: whether there is room for more.
    private func sweep(_ validator: String, _ left: inout Int, _ context: Context) throws(ModuleError) -> Bool {
        guard let sweep = try offenders.value(for: validator, in: context)?.sweep else { return true }
        var owners: [Address] = []
        var next: Address?
        let limit = left
        let visit = { (key: Pair<String, Address>) in
            guard key.first.isSameKey(as: validator) else { return false }
            guard owners.count < limit else {
                next = key.second
                return false
            }
            owners.append(key.second)
            return true
        }
        if let start = sweep.nextOwner {
            try stakers.forEach(in: context, from: Pair(validator, start)) { key, _ in visit(key) }
        } else {
            try stakers.forEach(startingWith: validator, in: context) { key, _ in visit(key) }
        }
        var hasRoom = true
        for owner in owners {
            hasRoom = try trySettling(owner, at: validator, context)
            guard hasRoom else {
                next = owner
                break
            }
            left -= 1
        }
        let reached = next
        try context.emit(
            .with {
                $0.sweepAdvanced.validator = validator
                $0.sweepAdvanced.nextOwner = reached.map { context.addresses.format($0, as: .account) } ?? ""
            }
        )
        return hasRoom
    }

    /// Settles with one user. Where that fails, it is recorded, and he is listed: he is tried again, after a wait that doubles as
    /// that of a refused packet, and pays before he can withdraw. Whatever it fails for concerns him alone; only where there is
    /// no room even for the record does the hook fail.
    ///
    /// No part of a failed settlement remains. What he owes is taken by one event, with all that follows from it, or not at
    /// all. The vault refuses nothing, and nobody else is offered that event but modules of the chain that hear of everything,
    /// as the bank does. The burn is ordered behind it, by an event that nobody can refuse and for which there is room: so no
    /// burn is lost either.
    ///
    /// - Returns: false where there is no room for it in this block.
    private func trySettling(_ owner: Address, at validator: String, _ context: Context) throws(ModuleError) -> Bool {
        guard context.eventsLeft >= Self.eventsPerSettlement else { return false }
        do throws(ModuleError) {
            try settle(owner, at: validator, context)
        } catch {
            let said = "\(error.code): \(error.recordedMessage)"
            let failures = try dues.value(for: Pair(validator, owner), in: context)?.failures ?? 0
            let delay = ResendingDelay.afterRefusal(attempts: failures == .max ? .max : failures + 1)
            try context.emit(
                .with {
                    $0.settlementFailed.stake = .of(context.addresses.format(owner, as: .account), validator)
                    $0.settlementFailed.error = said
                    $0.settlementFailed.due = context.block.time.saturatingAdding(delay).nanoseconds
                }
            )
        }
        return true
    }
}
