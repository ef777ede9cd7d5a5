extension Execution {
    /// Records an event of `instance`, applies it, and offers it to the subscribers, depth first.
    ///
    /// Either all of it happens, or none: whoever catches what this throws goes on as if it had not been called. Only
    /// reactions to an event of a final kind fail alone.
    @discardableResult
    func emit<Module: ProtocolModule>(
        _ event: Module.Event,
        from instance: ModuleInstance<Module>,
        cause: UInt64?
    ) throws(ModuleError) -> Emission {
        let savepoint = save()
        do {
            let payload = try event.encodedBytes()
            let kind = try admit(payload, of: Module.Event.self, from: instance)
            let sequence = record(payload, kind: kind, from: instance, schema: Module.Event.schemaVersion, cause)
            try instance.module.apply(event, to: StateWriter(instance.state))
            if instance.updatesValidators, let updating = event as? any UpdatesValidators {
                validatorUpdates.append(contentsOf: try updating.validatorUpdates)
            }
            let failures = try deliver(event, kind: kind, sequence: sequence, from: instance)
            return Emission(sequence: sequence, failures: failures)
        } catch {
            restore(savepoint)
            throw error
        }
    }

    /// Checks what an event must satisfy before it is recorded: a known kind, the size, the limits, the privilege.
    private func admit(_ payload: [UInt8], of vocabulary: any EventVocabulary.Type, from instance: AnyModuleInstance)
        throws(ModuleError) -> EventKind
    {
        guard payload.count <= limits.payloadBytesMax else {
            throw ModuleError(
                .limitExceeded,
                "an event of \(payload.count) bytes is over the limit of \(limits.payloadBytesMax): split it"
            )
        }
        // A genesis is as long as its document; it is read once, before there is a chain to be slowed down.
        guard block.isGenesis || eventsLeft > 0 else {
            throw ModuleError(.limitExceeded, "more than \(eventsMax) events at once: do the work in batches")
        }
        try session.meter.charge(WorkMeter.Cost.event + WorkMeter.Cost.byte * UInt64(payload.count))
        guard let number = payload.firstFieldNumber, let kind = vocabulary.kind(numbered: number) else {
            throw ModuleError(
                .unknownEvent,
                "\(instance.identity.module) emitted an event that \(vocabulary.protoMessageName) does not list: "
                    + "add its kind to the vocabulary"
            )
        }
        if let privilege = kind.privilege {
            guard try isGranted(kind, privilege, to: instance.identity) else {
                throw ModuleError(
                    .notGranted,
                    "\(instance.identity.label) has no live grant of \(privilege) and may not record \(kind.name): "
                        + "governance, or the genesis, has to grant it"
                )
            }
        }
        return kind
    }

    private func isGranted(_ kind: EventKind, _ privilege: Privilege, to instance: InstanceIdentity) throws(ModuleError)
        -> Bool
    {
        guard let governor else { return false }
        if try governor.grant(instance, privilege) != nil { return true }
        return kind.outlivesGrant ? try governor.hasHeld(instance, privilege) : false
    }

    private func record(
        _ payload: [UInt8],
        kind: EventKind,
        from instance: AnyModuleInstance,
        schema: UInt32,
        _ cause: UInt64?
    ) -> UInt64 {
        events.append(payload) { place in
            EventBuffer.Entry(
                instance: instance.identity.number,
                vocabulary: instance.vocabulary.number,
                kind: kind.number,
                schemaVersion: schema,
                transaction: transaction,
                cause: cause,
                payload: place
            )
        }
    }

    /// How many more events may be recorded.
    var eventsLeft: Int { eventsMax - min(events.entries.count - eventsStart, eventsMax) }

    /// Calls the reactions to an event in their fixed order; those that failed alone.
    private func deliver(
        _ event: any EventVocabulary,
        kind: EventKind,
        sequence: UInt64,
        from instance: AnyModuleInstance
    ) throws(ModuleError) -> [FailedReaction] {
        let reactions = reactions(to: instance.vocabulary).offered(event)
        guard !reactions.isEmpty else { return [] }
        depth += 1
        defer { depth -= 1 }
        let signer = kind.delivery == .final ? nil : signer
        let origin = EventOrigin(instance: instance.identity, sequence: sequence, kind: kind, signer: signer)
        var failures: [FailedReaction] = []
        for reaction in reactions where reaction.concerns?(event) ?? true {
            guard depth <= limits.depthMax else {
                throw ModuleError(
                    .limitExceeded,
                    "events lead to events more than \(limits.depthMax) deep: break the circle"
                )
            }
            switch kind.delivery {
            case .vetoable: try reaction.react(event, origin, self)
            case .final: if let failure = try reactAlone(reaction, event, origin) { failures.append(failure) }
            }
        }
        return failures
    }

    /// The reactions to a vocabulary: by module order, then instance number, then subscription; the host's dispatch last.
    private func reactions(to vocabulary: (type: any EventVocabulary.Type, number: UInt32)) -> VocabularyReactions {
        if let known = reactions[vocabulary.number] { return known }
        let ordered = directory.instances.sorted { left, right in
            let leftOrder = moduleOrder[left.identity.module] ?? .max
            let rightOrder = moduleOrder[right.identity.module] ?? .max
            return (leftOrder, left.identity.number) < (rightOrder, right.identity.number)
        }
        let all = ordered.flatMap { $0.reactions(to: vocabulary.type) }
        let found = VocabularyReactions(all.filter { !$0.isLast } + all.filter(\.isLast), to: vocabulary.type)
        reactions[vocabulary.number] = found
        return found
    }
}

extension [UInt8] {
    /// The field number of a protobuf message's first tag; nil when there is none.
    var firstFieldNumber: UInt32? {
        var tag: UInt64 = 0
        for (index, byte) in prefix(5).enumerated() {
            tag |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte & 0x80 == 0 { return tag > 7 ? UInt32(truncatingIfNeeded: tag >> 3) : nil }
        }
        return nil
    }
}
