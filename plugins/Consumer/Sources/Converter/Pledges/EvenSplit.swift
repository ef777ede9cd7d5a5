import ModuleKit

/// How an amount is taken from several holders that have only so much each.
enum EvenSplit {
    /// Takes the same from each, rounded down; what is left after that comes from the first that has it.
    ///
    /// - Returns: the part of each, in the order given; together the amount, or all that there is if that is less.
    static func parts(of amount: Amount, among available: [Amount]) -> [Amount] {
        guard !available.isEmpty else { return [] }
        let share = Amount(amount.units / UInt128(available.count))
        var parts = available.map { min($0, share) }
        var left = parts.reduce(amount) { $0.saturatingSubtracting($1) }
        for index in parts.indices {
            let more = min(left, available[index].saturatingSubtracting(parts[index]))
            parts[index] = parts[index].saturatingAdding(more)
            left = left.saturatingSubtracting(more)
        }
        return parts
    }
}
