import ModuleKit

/// An amount of one denomination with 18 fraction digits: an entry of the Cosmos SDK's `DecCoins`.
struct DecimalAmount: OfDenomination, Hashable {
    let denom: Denom
    var amount: Decimal18 = .zero

    init(_ denom: Denom) { self.denom = denom }
}

extension JSONField {
    /// The elements of an array; none where there is nothing or `null`, as Go writes it.
    func elementsOrNone() throws(ModuleError) -> [JSONField] {
        guard let field = optional else { return [] }
        return try field.array()
    }

    /// Amounts by denomination, with fractions.
    func decimalCoins() throws(ModuleError) -> [DecimalAmount] {
        var coins: [DecimalAmount] = []
        for element in try elementsOrNone() {
            for (name, member) in try element.members() where name != "denom" && name != "amount" {
                throw member.invalid("a coin has only denom and amount; remove it")
            }
            let denom = try element["denom"].denom()
            guard !coins.contains(denom) else { throw element.invalid("\(denom) stands here twice; add it up") }
            coins[denom].amount = try element["amount"].decimal()
        }
        return coins
    }

    /// A decimal of up to 36 fraction digits.
    func decimal36() throws(ModuleError) -> Decimal36 {
        do throws(ModuleError) {
            return try Decimal36(try string())
        } catch {
            throw invalid(error.message)
        }
    }

    /// Notes the members that are not read, where this is an object.
    func noteMembers(_ known: [String], in path: String, _ report: inout GenesisReport) throws(ModuleError) {
        if case .object = value { try requireMembers(known, in: path, &report) }
    }

    /// Notes the members that are not read.
    func requireMembers(_ known: [String], in path: String, _ report: inout GenesisReport) throws(ModuleError) {
        for (name, field) in try members() where !known.contains(name) {
            report.skip("\(path).\(name)", "nothing here knows this member", example: field.path)
        }
    }
}
