import ConverterEvents
import ModuleKit

extension Converter {
    /// All that was collected is waiting, in batches, arrived, held, delivered, paid or given; each of these is what is kept of it
    /// one by one; and what leads to batches and payments leads to all of them and to nothing else.
    func rewardViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        func expect(_ holds: Bool, _ name: String, _ detail: @autoclosure () -> String) {
            if !holds { violations.append(InvariantViolation(name, detail())) }
        }
        let totals = try rewardTotals.value(in: state)?.amounts() ?? RewardAmounts(denom: "")
        let sum = try totals.sum()
        expect(
            sum == totals.collected,
            "rewards-conserved",
            "\(totals.collected) were collected, and \(sum) are known of"
        )
        for (name, rewards, total) in [
            ("waiting", waitingRewards, totals.waiting), ("arrived", arrivedRewards, totals.arrived),
        ] {
            var sum = Amount.zero
            try rewards.forEach(in: state) { (validator, amount) throws(ModuleError) in
                expect(!amount.isZero, "rewards-above-zero", "\(name) of \(validator) is 0")
                sum = sum.saturatingAdding(amount)
                return true
            }
            expect(sum == total, "rewards-add-up", "\(sum) are \(name), and the total says \(total)")
        }
        let (batched, stages) = try batchSums(state, expect)
        expect(batched == totals.batched, "batches-add-up", "batches have \(batched), the total is \(totals.batched)")
        let counts = [try dueBatches.count(state), try announcements.count(state)]
        expect(counts == stages, "batches-found", "\(counts) lead to batches, of which there are \(stages)")
        let (kept, expiring) = (try payments.count(state), try paymentExpiries.count(state))
        expect(kept == expiring, "payments-found", "\(kept) payments are kept, and \(expiring) expire")
        return violations
    }

    /// The sum of all batches, and how many of them wait and are announced.
    private func batchSums(
        _ state: StateReader,
        _ expect: (Bool, String, @autoclosure () -> String) -> Void
    ) throws(ModuleError) -> (sum: Amount, stages: [Int]) {
        var sum = Amount.zero
        var stages = [0, 0]
        let lastID = try batchProgress.value(in: state)?.lastID ?? 0
        try batches.forEach(in: state) { (id, batch) throws(ModuleError) in
            let amount = try Amount(batch.amount)
            sum = sum.saturatingAdding(amount)
            let parts = try batch.parts.rewardSum()
            expect(
                id <= lastID && !amount.isZero && (batch.place == .held ? parts.isZero : parts == amount),
                "batches-fit",
                "batch \(id)"
            )
            switch batch.stage {
            case .waiting:
                stages[0] += 1
                let due = Timestamp(nanoseconds: batch.dueNanoseconds)
                let isFound = try dueBatches.contains(Pair(due, id), in: state)
                expect(isFound, "batches-found", "nothing leads to batch \(id)")
            case .announcement:
                stages[1] += 1
                let found = try announcements.value(for: batch.sequence, in: state)
                expect(found == id, "batches-found", "packet \(batch.sequence) does not lead to batch \(id)")
            default: expect(batch.isTransfer && batch.transfer > 0, "batches-fit", "batch \(id) is nowhere")
            }
            return true
        }
        return (sum, stages)
    }
}

extension StateMap {
    /// How many entries there are.
    fileprivate func count(_ state: StateReader) throws(ModuleError) -> Int {
        var count = 0
        try forEach(in: state) { (_, _) throws(ModuleError) in
            count += 1
            return true
        }
        return count
    }
}
