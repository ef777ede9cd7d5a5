/// The state of the reference, which a transcript tells only where it changes.
struct ReferenceState {
    private var vault: [String: Transcript.Account] = [:]
    private var stakes: [String: [String: Transcript.Stake]] = [:]
    private var validators: [String: String] = [:]
    private var bonded: [String: String] = [:]
    private var requests: [String: String] = [:]
    private var virtual: [String: String] = [:]
    private var rewards: [String: [String: String]] = [:]
    private var escrow = "0"
    private var recipients: [String: String] = [:]

    mutating func follow(_ change: Transcript.State?) {
        guard let change else { return }
        vault = change.vault ?? vault
        stakes = change.stakes ?? stakes
        validators = change.validators ?? validators
        bonded = change.bonded ?? bonded
        requests = change.requests ?? requests
        virtual = change.virtual ?? virtual
        rewards = change.rewards ?? rewards
        escrow = change.escrow ?? escrow
        recipients = change.recipients ?? recipients
    }

    /// What can be seen of the chains that are ours.
    func observation(_ cast: Cast) -> Observation {
        var seen = Observation()
        if cast.hasProvider { observeProvider(&seen) }
        if cast.hasConsumer { observeConsumer(&seen) }
        return seen
    }

    private func observeProvider(_ seen: inout Observation) {
        for (user, account) in vault {
            seen.note(account: user, bonded: account.bonded, wallet: account.wallet)
            seen.note("\(user) free", account.free[0], account.free[1])
            seen.note("\(user) max lien", account.maxLien[0], account.maxLien[1])
            seen.note("\(user) slashable", account.slashable[0], account.slashable[1])
            for (holder, lien) in account.liens {
                seen.note(lien: "\(user) lien \(holder)", lien[0], lien[1], slashable: lien[2])
            }
        }
        for (user, stakes) in stakes {
            for (validator, stake) in stakes {
                seen.note(stake: "\(user) at \(validator)", stake.low, stake.high, pending: stake.pending)
            }
        }
        for (validator, state) in validators { seen[validator] = state }
        for (user, rewards) in rewards {
            for (validator, amount) in rewards { seen.note("\(user) earned at \(validator)", amount: amount) }
        }
    }

    private func observeConsumer(_ seen: inout Observation) {
        for (validator, amount) in bonded { seen.note("\(validator) bonded", amount: amount) }
        for (validator, amount) in requests { seen.note("\(validator) requested", amount: amount) }
        for (validator, amount) in virtual { seen.note("\(validator) delegated", amount: amount) }
        seen.note("escrow", amount: escrow)
        for (account, amount) in recipients { seen.note("\(account) paid", amount: amount) }
    }
}
