import ConverterEvents
import ModuleKit
import StakingEvents

/// What happens to validators is read from native staking's journal, at the end of each block, and noted here: which of them
/// to look at, and slashes. What the provider is told follows from how the validators stand then.
///
/// A converter reacts to nothing that native staking records. Anyone may deploy converters, and however many there are, a
/// punishment or a delegation costs the same, and none of them can stand in its way.
extension Converter {
    /// How many changes one block takes up, and how many validators one event names.
    static let followedChangesMax: UInt32 = 200
    static let touchedValidatorsMax = 500

    /// Notes what has happened since the last time. Where nothing has, this is two reads.
    func followValidators(_ context: Context) throws(ModuleError) {
        guard let start = try nextChange.value(in: context) else { return try lookAtAllValidators(context) }
        let answer = try changes(from: start, limit: Self.followedChangesMax, context)
        guard answer.next != start else { return }
        // Too much has happened while nobody looked, and part of it is not kept any more.
        guard answer.start == start else { return try lookAtAllValidators(context) }
        var names = OrderedNames()
        var touched = ConverterValidatorsTouched()
        for change in answer.changes {
            if change.hasSlash {
                touched.slashes.append(try note(change.slash, context))
            } else {
                names.add(change.validator)
            }
        }
        touched.validators = names.all
        touched.nextChange = start + UInt64(answer.changes.count)
        try context.emit(.with { $0.validatorsTouched = touched })
    }

    /// Has the provider told of every validator that is in the active set, or that it was told of before.
    func lookAtAllValidators(_ context: Context) throws(ModuleError) {
        let next = try changes(from: .max, limit: 1, context).next
        let query = StakingQuery.with { $0.activeSet = .init() }
        let active = try context.ask(query, of: try nativeStaking(context)).activeSet
        var names = OrderedNames()
        for power in active.powers { names.add(power.operator) }
        try told.forEach(in: context) { (validator, _) throws(ModuleError) in
            names.add(context.addresses.format(validator, as: .validatorOperator))
            return true
        }
        var rest = names.all[...]
        repeat {
            let part = Array(rest.prefix(Self.touchedValidatorsMax))
            rest = rest.dropFirst(Self.touchedValidatorsMax)
            let isLast = rest.isEmpty
            try context.emit(
                .with {
                    $0.validatorsTouched.validators = part
                    if isLast { $0.validatorsTouched.nextChange = next }
                }
            )
        } while !rest.isEmpty
    }

    private func changes(from start: UInt64, limit: UInt32, _ context: Context) throws(ModuleError)
        -> StakingValidatorChangesAnswer
    {
        let query = StakingQuery.with {
            $0.validatorChanges.start = start
            $0.validatorChanges.limit = limit
        }
        return try context.ask(query, of: try nativeStaking(context)).validatorChanges
    }

    /// Notes a slash: the same fraction of what is pledged, without a price.
    private func note(_ slash: StakingSlashStarted, _ context: Context) throws(ModuleError) -> ConverterSlashNote {
        let pledge = try pledged.value(for: try Address(bech32: slash.validator), in: context) ?? .zero
        let amount = try pledge.multiplied(by: try Decimal18(slash.fraction), rounding: .floor)
        return .with {
            $0.slash = slash.slash
            $0.validator = slash.validator
            $0.infractionHeight = slash.infractionHeight
            $0.power = slash.power
            $0.fraction = slash.fraction
            $0.amount = amount.description
        }
    }
}

/// Names in the order of their first mention, each once.
private struct OrderedNames {
    private(set) var all: [String] = []
    private var known: Set<String> = []

    mutating func add(_ name: String) { if known.insert(name).inserted { all.append(name) } }
}

extension ConverterStanding {
    /// As it is stored.
    var stored: UInt32 { UInt32(clamping: rawValue) }
}
