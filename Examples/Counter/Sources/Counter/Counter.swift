internal import Foundation
public import ModuleKit

/// Counts what accounts add up, and who added how much.
///
/// Its configuration is `{"step_max": 10}`: how much one message may add.
public struct Counter: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(name: "counter", version: "1.0.0", summary: "a counter that anyone may move")

    let total = StateItem<UInt64>(1, "total")
    let stepMax = StateItem<UInt64>(2, "step-max")
    let contributions = StateMap<Address, UInt64>(3, "contributions")

    /// The module.
    public init() {}

    /// Adds to the counter.
    public func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        guard case .increment(let increment) = message.message else {
            throw ModuleError(.unknownMessage, "the counter is told nothing: set increment")
        }
        let most = try stepMax.value(in: context) ?? 1
        guard increment.by > 0, increment.by <= most else {
            throw ModuleError(.stepOutOfRange, "one message may add 1 to \(most), not \(increment.by)")
        }
        let sender = try context.requireSender()
        try context.emit(
            .with {
                $0.incremented.account = context.addresses.format(sender, as: .account)
                $0.incremented.by = increment.by
            }
        )
    }

    /// Takes the largest step from the configuration.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let step = try configuration["step_max"].optional?.integer(as: UInt64.self) ?? 1
        try context.emit(.with { $0.configured.stepMax = step })
    }

    /// Projects an event onto the counters.
    public func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let configured): try stepMax.set(configured.stepMax, in: state)
        case .incremented(let incremented):
            try total.set(try adding(incremented.by, to: try total.value(in: state)), in: state)
            try contributions.update(try Address(bech32: incremented.account), in: state) {
                (contribution) throws(ModuleError) in
                contribution = try adding(incremented.by, to: contribution)
            }
        case nil: throw ModuleError(.unknownEvent, "an event of the counter says nothing: the log is damaged")
        }
    }

    /// Tells the total, or what one account has added.
    public func answer(_ query: CounterQuery, _ state: StateReader) throws(ModuleError) -> CounterAnswer {
        let value: UInt64?
        switch query.query {
        case .total: value = try total.value(in: state)
        case .account(let query): value = try contributions.value(for: try Address(bech32: query.address), in: state)
        case nil: throw ModuleError(.invalidArgument, "the counter is asked nothing: set total or account")
        }
        return .with { $0.value = value ?? 0 }
    }

    /// The total is what all accounts have added together.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sum: UInt64 = 0
        try contributions.forEach(in: state) { (_, contribution) throws(ModuleError) in
            sum = try adding(contribution, to: sum)
            return true
        }
        let total = try total.value(in: state) ?? 0
        return sum == total ? [] : [InvariantViolation("total-is-sum", "total \(total), contributions \(sum)")]
    }

    private func adding(_ step: UInt64, to value: UInt64?) throws(ModuleError) -> UInt64 {
        let (sum, overflow) = (value ?? 0).addingReportingOverflow(step)
        guard !overflow else { throw ModuleError(.arithmeticOverflow, "the counter is full: deploy another") }
        return sum
    }
}

extension ModuleError.Code {
    /// More, or less, than one message may add.
    public static let stepOutOfRange = Self("counter", 1)
}

extension CounterMessage: MessageVocabulary {}

extension CounterQuery: QueryVocabulary {
    /// One answer for every question: a number.
    public typealias Answer = CounterAnswer
}

extension CounterEvent: EventVocabulary {
    /// Every kind of event that the counter records.
    public static let kinds = [EventKind(1, "configured"), EventKind(2, "incremented")]

    /// The descriptor set of `counter.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: counterDescriptorSetBase64) ?? Data())
}
