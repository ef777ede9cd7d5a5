import ConverterEvents
public import ModuleKit

extension Converter {
    /// Writes all that is kept, such that importing it gives the same state on a chain that has the same channel.
    ///
    /// The section has the instance's label. It is a list of records, each in the JSON form of `RecordImported`. The
    /// settings are the configuration's, and not part of it.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var records: [JSONValue] = []
        let groups = [
            try pairingRecords(state), try pledgeRecords(settings, state), try noticeRecords(settings, state),
            try rewardRecords(settings, state),
        ]
        for record in groups.joined() {
            records.append(try JSONValue(parsing: try record.json()))
        }
        return [(settings.label, ["records": .array(records)])]
    }

    private func pairingRecords(_ state: StateReader) throws(ModuleError) -> [ConverterRecordImported] {
        var records: [ConverterRecordImported] = []
        if let channel = try channel.value(in: state) { records.append(.with { $0.channel = channel }) }
        if let price = try price.value(in: state) { records.append(.with { $0.price = price }) }
        if try handingBack.value(in: state) != nil { records.append(.with { $0.isHandingBack = true }) }
        return records
    }

    private func pledgeRecords(_ settings: ConverterSettings, _ state: StateReader) throws(ModuleError)
        -> [ConverterRecordImported]
    {
        var records: [ConverterRecordImported] = []
        for validator in try validatorsWithPledges(state) {
            let name = try validator.text(prefix: settings.operatorPrefix)
            let amount = try pledged.value(for: validator, in: state) ?? .zero
            let unattributed = try unattributed.value(for: validator, in: state) ?? .zero
            records.append(
                .with {
                    $0.validatorPledge.validator = name
                    $0.validatorPledge.amount = amount.description
                    $0.validatorPledge.unattributed = unattributed.description
                }
            )
        }
        try pledges.forEach(in: state) { (key, amount) throws(ModuleError) in
            let name = try key.first.text(prefix: settings.operatorPrefix)
            records.append(
                .with {
                    $0.pledge.validator = name
                    $0.pledge.delegator = key.second
                    $0.pledge.amount = amount.description
                }
            )
            return true
        }
        return records
    }

    private func validatorsWithPledges(_ state: StateReader) throws(ModuleError) -> [Address] {
        var validators: Set<Address> = []
        for collection in [pledged, unattributed] {
            try collection.forEach(in: state) { (validator, _) throws(ModuleError) in
                validators.insert(validator)
                return true
            }
        }
        return validators.sorted()
    }

    private func noticeRecords(_ settings: ConverterSettings, _ state: StateReader) throws(ModuleError)
        -> [ConverterRecordImported]
    {
        var records: [ConverterRecordImported] = []
        try told.forEach(in: state) { (validator, standing) throws(ModuleError) in
            let name = try validator.text(prefix: settings.operatorPrefix)
            records.append(
                .with {
                    $0.standing.validator = name
                    $0.standing.standing = ConverterStanding(rawValue: Int(clamping: standing)) ?? .unspecified
                }
            )
            return true
        }
        try touched.forEach(in: state) { (validator, _) throws(ModuleError) in
            let name = try validator.text(prefix: settings.operatorPrefix)
            records.append(.with { $0.touchedValidator = name })
            return true
        }
        try slashes.forEach(in: state) { (_, note) throws(ModuleError) in
            records.append(.with { $0.slash = note })
            return true
        }
        try inFlight.forEach(in: state) { (sequence, notice) throws(ModuleError) in
            records.append(.with { $0.notice = .with(sequence: sequence, due: .epoch, notice) })
            return true
        }
        try returned.forEach(in: state) { (key, notice) throws(ModuleError) in
            records.append(.with { $0.notice = .with(sequence: key.second, due: key.first, notice) })
            return true
        }
        return records
    }
}
