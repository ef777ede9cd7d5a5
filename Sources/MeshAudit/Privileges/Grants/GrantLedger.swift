import ModuleKit

/// The grants of a chain, at one place of its log: what each instance may record, and what it has by it.
struct GrantLedger {
    /// Who holds which grant, or held it.
    struct Key: Hashable {
        let instance: UInt32
        let privilege: Privilege
    }

    /// What is known of an instance's privilege, whether it is granted or not.
    private struct Account {
        /// The place of the last grant in `grants`; nil where there never was one.
        var grant: Int?
        /// Whether that grant lives.
        var isLive = false
        /// Its cap; nil where nothing bounds it.
        var cap: Amount?
        /// What the instance has by it. It stays when the grant goes.
        var use = Amount.zero
        /// The first block at whose end it had more than it may.
        var overCapSince: UInt64?

        /// Whether the instance has more than it may.
        var isOverCap: Bool { isLive ? cap.map { use > $0 } ?? false : !use.isZero }
    }

    /// All grants that there were, in order.
    private(set) var grants: [AuditedGrant] = []
    /// What was decided on total caps, in the order in which they were first set.
    var totalCaps: [AuditedTotalCap] = []

    // Only asked, never iterated.
    private var accounts: [Key: Account] = [:]
    /// Whose use or cap changed in the block in progress.
    private var changed: [Key] = []

    /// Takes a decision of the host's: that a grant is given or has another cap.
    ///
    /// - Parameter counts: whether events of the holder count towards the grant.
    mutating func give(_ key: Key, cap: Amount?, to holder: AuditedInstance, _ decision: Decision, counts: Bool) {
        var account = accounts[key] ?? Account()
        let action: GrantDecision.Action = account.isLive ? .capChanged : .granted
        if !account.isLive {
            account.grant = grants.count
            grants.append(
                AuditedGrant(
                    instance: key.instance,
                    label: holder.label,
                    module: holder.module,
                    privilege: key.privilege,
                    decisions: [],
                    use: counts ? AuditedGrant.Use(maximum: account.use, last: account.use) : nil
                )
            )
        }
        account.isLive = true
        account.cap = cap
        accounts[key] = account
        if let grant = account.grant { grants[grant].decisions.append(decision.made(action, cap: cap)) }
        changed.append(key)
    }

    /// Takes a decision of the host's: that a grant is gone.
    ///
    /// - Returns: whether there was one.
    mutating func take(_ key: Key, _ decision: Decision) -> Bool {
        guard var account = accounts[key], account.isLive, let grant = account.grant else { return false }
        account.isLive = false
        account.cap = nil
        accounts[key] = account
        grants[grant].decisions.append(decision.made(.revoked, cap: nil))
        changed.append(key)
        return true
    }

    /// Counts an event under its grant.
    ///
    /// - Parameter outlives: whether a grant that was revoked is enough, as long as something is left that was had by it.
    /// - Returns: whether the event stands under a grant.
    mutating func record(_ key: Key, outlives: Bool) -> Bool {
        guard let account = accounts[key], let grant = account.grant else { return false }
        let isLeft = grants[grant].use == nil || !account.use.isZero
        guard account.isLive || (outlives && isLeft) else { return false }
        grants[grant].eventCount += 1
        return true
    }

    /// What became of a use.
    enum Outcome {
        case withinCap
        /// The sum is above the cap.
        case overCap(use: Amount, cap: Amount)
        /// There is no live grant.
        case notGranted
        /// The sum is more than an amount can be.
        case overflow
    }

    /// Adds to what an instance has.
    ///
    /// - Parameter isImport: whether it had this before the log began, so that it is only counted.
    mutating func use(_ amount: Amount, _ key: Key, isImport: Bool) -> Outcome {
        var account = accounts[key] ?? Account()
        guard let sum = try? account.use.adding(amount) else { return .overflow }
        account.use = sum
        store(account, key)
        guard !isImport else { return .withinCap }
        guard account.isLive else { return .notGranted }
        guard let cap = account.cap, sum > cap else { return .withinCap }
        return .overCap(use: sum, cap: cap)
    }

    /// Takes away from what an instance has.
    ///
    /// - Returns: false when that is less; nothing is left then.
    mutating func free(_ amount: Amount, _ key: Key) -> Bool {
        var account = accounts[key] ?? Account()
        let isWithin = amount <= account.use
        account.use = account.use.saturatingSubtracting(amount)
        store(account, key)
        return isWithin
    }

    /// Notes at the end of a block who has more than it may.
    mutating func endBlock(_ height: UInt64) {
        for key in changed {
            guard var account = accounts[key] else { continue }
            switch (account.isOverCap, account.overCapSince) {
            case (true, nil):
                account.overCapSince = height
                if let grant = account.grant { grants[grant].overCap.append(AuditedGrant.OverCap(since: height)) }
            case (false, _?):
                account.overCapSince = nil
                endOverCap(of: account.grant, at: height)
            default: continue
            }
            accounts[key] = account
        }
        changed.removeAll(keepingCapacity: true)
    }

    /// Says who made the decision that stands at a sequence.
    mutating func setOrigin(_ origin: GrantOrigin, ofDecisionAt sequence: UInt64) {
        for total in totalCaps.indices {
            if let index = totalCaps[total].decisions.lastIndex(where: { $0.sequence == sequence }) {
                totalCaps[total].decisions[index].origin = origin
                return
            }
        }
        for grant in grants.indices.reversed() {
            if let index = grants[grant].decisions.lastIndex(where: { $0.sequence == sequence }) {
                grants[grant].decisions[index].origin = origin
                return
            }
        }
    }

    private mutating func store(_ account: Account, _ key: Key) {
        accounts[key] = account
        changed.append(key)
        guard let grant = account.grant, var use = grants[grant].use else { return }
        // What is let go after a revocation still belongs to the grant's last life.
        if account.isLive { use.maximum = max(use.maximum, account.use) }
        use.last = account.use
        grants[grant].use = use
    }

    private mutating func endOverCap(of grant: Int?, at height: UInt64) {
        // A grant given anew may end what began in its life before.
        guard var index = grant else { return }
        let key = Key(instance: grants[index].instance, privilege: grants[index].privilege)
        while true {
            let isSame = grants[index].instance == key.instance && grants[index].privilege == key.privilege
            if isSame, let last = grants[index].overCap.indices.last, grants[index].overCap[last].until == nil {
                grants[index].overCap[last].until = height
                return
            }
            guard index > 0 else { return }
            index -= 1
        }
    }
}

/// A decision as the log has it, before it is known what it changes.
struct Decision {
    let height: UInt64
    let sequence: UInt64
    let origin: GrantOrigin

    func made(_ action: GrantDecision.Action, cap: Amount?) -> GrantDecision {
        GrantDecision(action: action, height: height, sequence: sequence, cap: cap, origin: origin)
    }
}

/// An instance as the log has deployed it.
struct AuditedInstance {
    let label: String
    let module: String
    /// The dictionary's entry that describes its events.
    var vocabulary: UInt32
}
