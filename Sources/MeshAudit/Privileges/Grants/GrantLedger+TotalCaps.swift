import ModuleKit

/// Total caps: at no place of a log may the caps of a privilege's live grants add up to more.
extension GrantLedger {
    /// Takes a decision of the host's: what the caps of a privilege's grants may add up to.
    ///
    /// - Parameter cap: nil where nothing bounds them any more.
    mutating func setTotal(_ cap: Amount?, of privilege: Privilege, _ decision: Decision) {
        let decision = decision.made(.capChanged, cap: cap)
        if let index = totalCaps.firstIndex(where: { $0.privilege == privilege }) {
            totalCaps[index].decisions.append(decision)
        } else {
            totalCaps.append(AuditedTotalCap(privilege: privilege, decisions: [decision]))
        }
    }

    /// What is wrong with the caps of a privilege's live grants; nil where they keep to the total cap, or there is none.
    ///
    /// - Complexity: O(grants). Only decisions ask.
    func totalCapViolation(of privilege: Privilege) -> String? {
        guard let total = totalCaps.first(where: { $0.privilege == privilege })?.cap else { return nil }
        var sum = Amount.zero
        for grant in grants where grant.privilege == privilege && grant.isLive {
            guard let cap = grant.cap else {
                return "\(grant.label) holds \(privilege) without a cap, under a total cap of \(total)."
            }
            guard let next = try? sum.adding(cap) else {
                return "The caps of all grants of \(privilege) add up to more than an amount can be."
            }
            sum = next
        }
        guard sum > total else { return nil }
        return "The caps of all grants of \(privilege) add up to \(sum), above the total cap of \(total)."
    }
}
