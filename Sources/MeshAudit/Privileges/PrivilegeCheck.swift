import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// One pass over all records: who was deployed, what was granted, and whether each privileged event stood under a grant.
struct PrivilegeCheck {
    let log: EventLog
    /// The blocks of the log. The first takes over what a genesis document says of earlier times.
    let heights: ClosedRange<UInt64>

    private(set) var findings = FindingLog()
    private(set) var ledger = GrantLedger()
    private(set) var vocabularies: [PrivilegeReport.Vocabulary] = []
    private(set) var privilegedEventCount: UInt64 = 0

    private var instances = [HostModule.instanceNumber: AuditedInstance.host]
    private var layouts: [UInt32: PayloadLayout] = [:]
    /// How the last votes on each proposal came out. Only asked, never iterated.
    private var tallies: [Tally.Key: [GrantOrigin.Vote]] = [:]
    private var height: UInt64
    /// Decisions of the transaction in progress, whose signers its receipt names: their sequences.
    private var unsigned: [UInt64] = []
    /// The first failure of storage, which ends the pass.
    private(set) var failure: AuditError?

    init(log: EventLog, heights: ClosedRange<UInt64>) {
        self.log = log
        self.heights = heights
        height = heights.lowerBound
    }

    /// Takes the next record.
    ///
    /// - Returns: whether it makes sense to go on.
    mutating func read(_ record: UnsafeRawBufferPointer, at sequence: UInt64) -> Bool {
        let place = Finding.Place(height: height, sequence: sequence)
        guard let view = RecordView(record) else {
            findings.add(.recordMalformed, at: place, "The record is no canonical event envelope.")
            return !findings.isFull
        }
        guard view.sequence == sequence, (height...heights.upperBound).contains(view.height) else {
            let what = "The record names sequence \(view.sequence) and height \(view.height)."
            findings.add(.recordMisplaced, at: place, what)
            return !findings.isFull
        }
        if height < view.height {
            endBlock()
            height = view.height
        }
        check(view, record, at: .init(height: height, sequence: sequence))
        return failure == nil && !findings.isFull
    }

    /// Ends the block in progress.
    mutating func endBlock() {
        ledger.endBlock(height)
        unsigned.removeAll(keepingCapacity: true)
    }

    private mutating func check(_ view: RecordView, _ record: UnsafeRawBufferPointer, at place: Finding.Place) {
        guard let instance = instances[view.instance] else {
            findings.add(.eventUndecodable, at: place, "No instance \(view.instance) was deployed before.")
            return
        }
        if view.instance == HostModule.instanceNumber { follow(view, record, at: place) }
        guard view.vocabulary == instance.vocabulary, let layout = layouts[view.vocabulary] else {
            let what = "An event of \(instance.label) is of vocabulary \(view.vocabulary), "
            let known = layouts[view.vocabulary] == nil ? "which is not known." : "which is another's."
            findings.add(.eventUndecodable, at: place, what + known)
            return
        }
        guard let kind = layout.kind(numbered: view.kind), layout.schemaVersion == view.schemaVersion else {
            let what =
                "\(layout.description.messageName) has no kind of event \(view.kind) in version \(view.schemaVersion)."
            findings.add(.eventUndecodable, at: place, what)
            return
        }
        // Made for findings alone.
        func name() -> String { "\(instance.label)'s \(kind.description.name)" }
        if let privilege = kind.description.privilege {
            privilegedEventCount += 1
            let outlives = kind.description.outlivesGrant
            if !ledger.record(GrantLedger.Key(instance: view.instance, privilege: privilege), outlives: outlives) {
                let what =
                    outlives
                    ? "\(name()) takes back what was done under \(privilege), and nothing is left of it, nor a live grant."
                    : "\(name()) needs a live grant of \(privilege), and there is none."
                findings.add(.privilegeMissing, at: place, what)
            }
        }
        guard layout.isEvent(view.payload, of: kind),
            let message = PayloadLayout.content(of: view.payload, kind: view.kind)
        else {
            findings.add(.eventUndecodable, at: place, "\(name()) does not decode as \(kind.description.messageName).")
            return
        }
        if let figures = kind.tally {
            let fields = NamedFields(message, as: kind.description.messageName, of: layout.description)
            if let tally = Tally.read(fields, figures: figures) {
                tallies[Tally.Key(instance: view.instance, proposal: tally.proposal)] = tally.votes
            }
        }
        for counted in kind.description.amounts {
            count(counted, in: message, of: view.instance, kind.description, name(), place)
        }
    }

    /// Counts what an event adds to what its instance has by a grant, or takes away from it.
    private mutating func count(
        _ counted: VocabularyDescription.CountedAmount,
        in message: UnsafeRawBufferPointer,
        of instance: UInt32,
        _ kind: VocabularyDescription.Kind,
        _ name: String,
        _ place: Finding.Place
    ) {
        let key = GrantLedger.Key(instance: instance, privilege: counted.privilege)
        let amount: Amount
        do {
            amount = try counted.amount(in: message)
        } catch {
            findings.add(.eventUndecodable, at: place, "\(name) does not say how much: \(error.message).")
            return
        }
        guard counted.isUse else {
            if !ledger.free(amount, key) {
                let what = "\(name) gives \(amount) back under \(counted.privilege), more than was ever used."
                findings.add(.privilegeExceeded, at: place, what)
            }
            return
        }
        let isImport = kind.privilege != counted.privilege && height == heights.lowerBound
        switch ledger.use(amount, key, isImport: isImport) {
        case .withinCap: return
        case .overCap(let use, let cap):
            let what = "\(name) brings \(counted.privilege) to \(use), above the cap of \(cap)."
            findings.add(.privilegeExceeded, at: place, what)
        case .notGranted where kind.privilege == counted.privilege: return
        case .notGranted:
            let what = "\(name) uses \(counted.privilege), and there is no live grant of it."
            findings.add(.privilegeMissing, at: place, what)
        case .overflow:
            findings.add(.privilegeExceeded, at: place, "\(name) brings \(counted.privilege) beyond all amounts.")
        }
    }
}

// What the host says.
extension PrivilegeCheck {
    /// Follows an event of the host's that this audit has to understand.
    private mutating func follow(_ view: RecordView, _ record: UnsafeRawBufferPointer, at place: Finding.Place) {
        guard HostRecord.privilegeKinds.contains(view.kind) else { return }
        // A receipt is read where somebody waits for it alone.
        guard view.kind != HostRecord.transactionExecutedKind || !unsigned.isEmpty else { return }
        let event: HostEvent
        do {
            event = try HostEvent(recorded: [UInt8](view.payload), schemaVersion: view.schemaVersion)
        } catch {
            findings.add(.eventUndecodable, at: place, "The host's event does not decode: \(error.message).")
            return
        }
        switch event.event {
        case .vocabularyAdded(let added): add(added, at: place)
        case .instanceDeployed(let deployed):
            instances[deployed.number] = AuditedInstance(
                label: deployed.label,
                module: deployed.module,
                vocabulary: deployed.vocabulary
            )
        case .instanceMigrated(let migrated) where migrated.succeeded:
            instances[migrated.number]?.vocabulary = migrated.vocabulary
        case .privilegeGranted, .privilegeRevoked: decide(event, view, record, at: place)
        case .totalCapSet(let total): bound(total, view, record, at: place)
        case .transactionExecuted(let receipt):
            for sequence in unsigned {
                ledger.setOrigin(.transaction(view.transaction, signers: receipt.signers), ofDecisionAt: sequence)
            }
            unsigned.removeAll(keepingCapacity: true)
        default: return
        }
    }

    private mutating func add(_ added: HostVocabularyAdded, at place: Finding.Place) {
        let stored: [UInt8]?
        do throws(StorageError) {
            stored = try log.schema(added.number)
        } catch {
            failure = AuditError(error)
            return
        }
        guard let stored else {
            findings.add(.schemaMissing, at: place, "The dictionary's entry \(added.number) is missing.")
            return
        }
        guard Hash.sha256(stored).bytes == [UInt8](added.descriptorHash) else {
            findings.add(.schemaChanged, at: place, "The dictionary's entry \(added.number) is not the one recorded.")
            return
        }
        do throws(ModuleError) {
            let description = try VocabularyDescription(descriptorSet: stored, messageName: added.messageName)
            guard layouts[added.number] == nil else {
                findings.add(.schemaUnexpected, at: place, "The dictionary's entry \(added.number) is added once more.")
                return
            }
            layouts[added.number] = try PayloadLayout(description, schemaVersion: added.schemaVersion)
            vocabularies.append(
                PrivilegeReport.Vocabulary(
                    number: added.number,
                    messageName: added.messageName,
                    descriptorHash: [UInt8](added.descriptorHash),
                    privilegedKinds: description.kinds.compactMap { kind in kind.privilege.map { (kind.name, $0) } }
                )
            )
        } catch {
            findings.add(.eventUndecodable, at: place, "A vocabulary can't be read: \(error.message).")
        }
    }

    private mutating func decide(
        _ event: HostEvent,
        _ view: RecordView,
        _ record: UnsafeRawBufferPointer,
        at place: Finding.Place
    ) {
        let change: GrantChange
        do throws(ModuleError) {
            guard let told = try event.grantChange else { return }
            change = told
        } catch {
            findings.add(
                .eventUndecodable,
                at: place,
                "The host's decision on a grant does not decode: \(error.message)."
            )
            return
        }
        guard let holder = instances[change.instance], change.instance != HostModule.instanceNumber else {
            findings.add(
                .eventUndecodable,
                at: place,
                "A grant is given to instance \(change.instance), which is none."
            )
            return
        }
        let key = GrantLedger.Key(instance: change.instance, privilege: change.privilege)
        let decision = Decision(height: view.height, sequence: view.sequence, origin: origin(of: view, record))
        if let grant = change.grant {
            let counts = layouts[holder.vocabulary]?.counts(change.privilege) ?? false
            ledger.give(key, cap: grant.cap, to: holder, decision, counts: counts)
            checkTotalCap(of: change.privilege, at: place)
        } else if !ledger.take(key, decision) {
            let what = "\(holder.label) loses \(change.privilege), and does not hold it."
            findings.add(.eventUndecodable, at: place, what)
        }
    }

    private mutating func bound(
        _ total: HostTotalCapSet,
        _ view: RecordView,
        _ record: UnsafeRawBufferPointer,
        at place: Finding.Place
    ) {
        let cap: Amount?
        do throws(ModuleError) {
            cap = total.cap.isEmpty ? nil : try Amount(total.cap)
        } catch {
            findings.add(
                .eventUndecodable,
                at: place,
                "The total cap of \(total.privilege) is no amount: \(error.message)."
            )
            return
        }
        let decision = Decision(height: view.height, sequence: view.sequence, origin: origin(of: view, record))
        ledger.setTotal(cap, of: Privilege(total.privilege), decision)
        checkTotalCap(of: Privilege(total.privilege), at: place)
    }

    private mutating func checkTotalCap(of privilege: Privilege, at place: Finding.Place) {
        guard let violation = ledger.totalCapViolation(of: privilege) else { return }
        findings.add(.totalCapExceeded, at: place, violation)
    }

    private mutating func origin(of view: RecordView, _ record: UnsafeRawBufferPointer) -> GrantOrigin {
        let cause = (try? EventEnvelope(decoding: record))?.cause
        if let cause {
            let trace = DecisionTrace(log: log, instances: instances, layouts: layouts, tallies: tallies)
            do throws(AuditError) {
                return try trace.origin(of: cause, before: view.sequence).map { .event($0) } ?? .unknown
            } catch {
                failure = error
                return .unknown
            }
        }
        guard view.transaction > 0 else { return view.height == heights.lowerBound ? .genesis : .unknown }
        unsigned.append(view.sequence)
        return .transaction(view.transaction, signers: [])
    }
}

extension AuditedInstance {
    /// The host's own; its vocabulary is the dictionary's first entry.
    fileprivate static let host = AuditedInstance(label: "host", module: "host", vocabulary: 0)
}
