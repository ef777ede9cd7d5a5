import ModuleKit

/// What the other chain does on its own: it hands stake back, or the channel is closed.
extension Stake {
    /// Where stake that was handed back comes from.
    struct HandBack: Hashable {
        /// Was certain, and unbonds from now on.
        var unbonding: Amount
        /// Is in flight by what is known here; it unbonds as soon as it has landed.
        var pending: Amount
        /// Is nowhere: it was cut, and the other chain had not burned it when it handed it back.
        var excess: Amount
    }

    /// The other chain has let go of an amount that nobody here has asked for.
    ///
    /// It comes out of what is certain first. What exceeds that the other chain must have had of operations whose
    /// acknowledgements are still on their way: of stakes that will succeed, or of unstakes that will fail. Which
    /// ones, nobody can tell before they land.
    ///
    /// In the end what is committed here is what is pledged there, if the other chain hands back the whole pledge and
    /// takes no stake from then on until this has arrived, or if nothing was cut meanwhile.
    mutating func handBack(_ amount: Amount, releaseAt: Timestamp) -> HandBack {
        let certain = min(amount, low)
        committed = committed.saturatingSubtracting(certain)
        unbond(certain, until: releaseAt)
        let rest = amount.saturatingSubtracting(certain)
        let pending = min(rest, sentInFlight.saturatingSubtracting(handedBack))
        handedBack = handedBack.saturatingAdding(pending)
        return HandBack(unbonding: certain, pending: pending, excess: rest.saturatingSubtracting(pending))
    }

    /// The channel is closed: all that is committed unbonds, also what is being unstaked, and nothing has to be burned
    /// any more. Stakes in flight stay so: they unbond when they succeed, and are void when they fail.
    ///
    /// A second closing changes nothing.
    mutating func close(releaseAt: Timestamp) {
        guard !isClosed else { return }
        isClosed = true
        unbond(committed, until: releaseAt)
        committed = .zero
        handedBack = .zero
        unpledging = .zero
        for index in operations.indices {
            operations[index].cut = .zero
            if operations[index].kind == .unstake { operations[index].remaining = .zero }
        }
    }
}
