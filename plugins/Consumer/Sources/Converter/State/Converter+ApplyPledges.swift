import ConverterEvents
import ModuleKit

/// How pledges change. What is zero is not kept.
extension Converter {
    func apply(_ event: ConverterStaked, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let amount = try Amount(event.amount)
        try pledged.increase(validator, by: amount, in: state)
        try pledges.increase(Pair(validator, event.delegator), by: amount, in: state)
    }

    /// The difference between a validator's pledge and the records of its delegators grows by what nobody was named
    /// for, and falls by what a delegator's record is lower by than the pledge.
    func apply(_ event: ConverterPledgeReduced, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let amount = try Amount(event.amount)
        try pledged.decrease(validator, by: amount, in: state)
        guard !event.delegator.isEmpty else {
            try unattributed.increase(validator, by: amount, in: state)
            return
        }
        let delegatorAmount = try Amount(event.delegatorAmount)
        try pledges.decrease(Pair(validator, event.delegator), by: delegatorAmount, in: state)
        try unattributed.decrease(validator, by: try delegatorAmount.subtracting(amount), in: state)
    }

    func applyHandBack(_ event: ConverterPledgeReduced, to state: StateWriter) throws(ModuleError) {
        try apply(event, to: state)
        let notice = ConverterNotice.with {
            $0.attempts = 1
            $0.height = event.height
            $0.handBack.validator = event.validator
            $0.handBack.delegator = event.delegator
            $0.handBack.amount = event.delegatorAmount
        }
        try launch(notice, event.sequence, state)
    }
}

extension StateMap where Value == Amount {
    func increase(_ key: Key, by amount: Amount, in state: StateWriter) throws(ModuleError) {
        guard !amount.isZero else { return }
        try update(key, in: state) { (value: inout Amount?) throws(ModuleError) in
            value = try (value ?? .zero).adding(amount)
        }
    }

    func decrease(_ key: Key, by amount: Amount, in state: StateWriter) throws(ModuleError) {
        guard !amount.isZero else { return }
        try update(key, in: state) { (value: inout Amount?) throws(ModuleError) in
            let rest = try (value ?? .zero).subtracting(amount)
            value = rest.isZero ? nil : rest
        }
    }
}
