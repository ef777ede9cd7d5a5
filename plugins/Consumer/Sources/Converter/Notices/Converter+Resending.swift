import ConverterEvents
import ModuleKit

extension Converter {
    /// How many notices a block sends again.
    static let resentNoticesMax = 50

    /// Sends again what came back and is due, the oldest first.
    ///
    /// - Returns: whether what there was to send could be sent.
    func resendNotices(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) -> Bool {
        for (key, notice) in try returned.entries(in: context, limit: Self.resentNoticesMax) {
            guard key.first <= context.block.time else { return true }
            guard let sequence = try trySend([UInt8](notice.data), over: channel, context) else { return false }
            try context.emit(
                .with {
                    $0.noticeResent = .with {
                        $0.returnedSequence = key.second
                        $0.dueNanoseconds = key.first.nanoseconds
                        $0.sequence = sequence
                    }
                }
            )
        }
        return true
    }
}
