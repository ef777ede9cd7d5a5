import ControlChannel
import ConverterEvents
import ModuleKit
import TransferEvents

/// What becomes of batches that were sent. Nobody can veto it.
extension Converter {
    /// The batch that a packet on the control channel is about; nil for another packet.
    func batch(announcedBy sequence: UInt64, _ state: some StateReading) throws(ModuleError) -> ConverterBatch? {
        guard let id = try announcements.value(for: sequence, in: state) else { return nil }
        return try batches.value(for: id, in: state)
    }

    /// Follows tokens that a batch has sent. A refund that is owed changes nothing yet: it is told again when it is paid.
    func follow(_ event: TransferEvent, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        switch event.event {
        case .delivered(let event):
            guard let batch = try batch(of: event.parcel, origin, context) else { return }
            try settle(batch, context)
        case .refunded(let event):
            guard let batch = try batch(of: event.parcel, origin, context) else { return }
            try takeBack(batch, event.reason == .error ? event.error : nil, context)
        default: return
        }
    }

    private func batch(of parcel: TransferParcel, _ origin: EventOrigin, _ context: Context) throws(ModuleError)
        -> ConverterBatch?
    {
        guard parcel.order.instanceNumber == context.identity.number,
            let batch = try batches.value(for: parcel.order.reference, in: context),
            batch.isTransfer, batch.transfer == origin.instance.number
        else { return nil }
        return batch
    }

    /// A step has succeeded.
    func settle(_ batch: ConverterBatch, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.batchSettled.id = batch.id })
    }

    /// A batch has come back.
    ///
    /// - Parameter error: what the provider said; nil where it has not received it.
    func takeBack(_ batch: ConverterBatch, _ error: String?, _ context: Context) throws(ModuleError) {
        var delay = TimeSpan.zero
        if error != nil { delay = ResendingDelay.afterRefusal(attempts: try attempts(of: batch, context)) }
        let due = context.block.time.saturatingAdding(delay)
        // The provider may say anything, at any length.
        let said = error.map { ModuleError(.invalidArgument, $0).recordedMessage }
        try context.emit(
            .with {
                $0.batchReturned = .with {
                    $0.id = batch.id
                    $0.isRefused = error != nil
                    $0.error = said ?? ""
                    $0.dueNanoseconds = due.nanoseconds
                }
            }
        )
    }

    /// How often what is refused was refused by now, as far as the wait depends on it: halves are new.
    private func attempts(of batch: ConverterBatch, _ context: Context) throws(ModuleError) -> UInt32 {
        switch batch.afterRefusal {
        case .again: return batch.refusals.incremented
        case .halves: return 1
        case .suspension(let part):
            let validator = try Address(bech32: part.validator)
            return (try suspensions.value(for: validator, in: context)?.refusals ?? 0).incremented
        }
    }
}

/// What becomes of a batch that was refused.
enum RefusedBatch {
    /// It is sent again as it is: what was refused are tokens, and nothing was said of validators.
    case again
    /// It is cut in two.
    case halves
    /// It is dissolved, and its only validator waits.
    case suspension(ConverterRewardPart)
}

extension ConverterBatch {
    /// What becomes of it where it is refused.
    var afterRefusal: RefusedBatch {
        guard stage != .transfer, let first = parts.first else { return .again }
        return parts.count > 1 ? .halves : .suspension(first)
    }
}

extension UInt32 {
    /// One more, as far as it can be counted.
    var incremented: UInt32 { self == .max ? .max : self + 1 }
}
