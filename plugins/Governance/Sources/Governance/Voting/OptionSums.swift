import GovernanceEvents
import ModuleKit

/// Something for each option: shares, or what they are worth.
struct OptionSums: Hashable {
    var yes = Decimal18.zero
    var abstain = Decimal18.zero
    var no = Decimal18.zero
    var noWithVeto = Decimal18.zero

    /// Nothing.
    init() {}

    /// The parts that a vote gives to its options, each rounded down: so they never exceed the whole.
    init(_ whole: Decimal18, by vote: WeightedVote) throws(ModuleError) {
        for part in vote.parts {
            let share = part.weight == .one ? whole : try whole.multiplied(by: part.weight, rounding: .floor)
            switch part.option {
            case .yes: yes = share
            case .abstain: abstain = share
            case .no: no = share
            case .noWithVeto: noWithVeto = share
            case .unspecified, .UNRECOGNIZED: break
            }
        }
    }

    /// All options together.
    func total() throws(ModuleError) -> Decimal18 { try yes.adding(abstain).adding(no).adding(noWithVeto) }

    mutating func add(_ other: OptionSums) throws(ModuleError) {
        yes = try yes.adding(other.yes)
        abstain = try abstain.adding(other.abstain)
        no = try no.adding(other.no)
        noWithVeto = try noWithVeto.adding(other.noWithVeto)
    }

    /// Takes away what was added before.
    mutating func subtract(_ other: OptionSums) throws(ModuleError) {
        yes = try yes.subtracting(other.yes)
        abstain = try abstain.subtracting(other.abstain)
        no = try no.subtracting(other.no)
        noWithVeto = try noWithVeto.subtracting(other.noWithVeto)
    }

    /// Each changed in the same way.
    func mapped(_ change: (Decimal18) throws(ModuleError) -> Decimal18) throws(ModuleError) -> OptionSums {
        var sums = OptionSums()
        sums.yes = try change(yes)
        sums.abstain = try change(abstain)
        sums.no = try change(no)
        sums.noWithVeto = try change(noWithVeto)
        return sums
    }
}
