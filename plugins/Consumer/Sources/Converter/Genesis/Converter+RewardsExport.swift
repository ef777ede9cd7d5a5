import ConverterEvents
import ModuleKit

extension Converter {
    /// What is kept of rewards: totals, then what is in no batch, batches, and payments.
    func rewardRecords(_ settings: ConverterSettings, _ state: StateReader) throws(ModuleError)
        -> [ConverterRecordImported]
    {
        var records: [ConverterRecordImported] = []
        if let totals = try rewardTotals.value(in: state) { records.append(.with { $0.rewardTotals = totals }) }
        if let progress = try batchProgress.value(in: state) { records.append(.with { $0.batchProgress = progress }) }
        if let floor = try paymentFloor.value(in: state) { records.append(.with { $0.paymentFloor = floor }) }
        for validator in try validatorsWithRewards(state) {
            let rewards = try rewards(of: validator, settings, state)
            records.append(.with { $0.validatorRewards = rewards })
        }
        try batches.forEach(in: state) { (_, batch) throws(ModuleError) in
            records.append(.with { $0.batch = batch })
            return true
        }
        try payments.forEach(in: state) { (transaction, payment) throws(ModuleError) in
            records.append(
                .with {
                    $0.payment.transaction = transaction
                    $0.payment.payment = payment
                }
            )
            return true
        }
        return records
    }
}
