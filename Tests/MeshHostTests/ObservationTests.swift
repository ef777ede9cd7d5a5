import Bank
import CoreMetrics
import Foundation
import Logging
import MeshHost
import ModuleKit
import Storage
import Synchronization
import Testing

/// What a host reports goes where its owner says, and nowhere else.
@Suite("What a host reports")
struct ObservationTests {
    @Test("goes to the metrics factory and the logger that were passed in; nothing is bootstrapped")
    func passedIn() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let recorder = Recorder()
        var logger = Logger(label: "test") { _ in RecordingLogHandler(recorder: recorder) }
        logger.logLevel = .debug
        let genesis = TestChain.genesis(chainID: "mesh-test-1", accounts: [(try TestAccount("alice"), 10)])
        let (host, _) = try ChainHost.create(
            at: folder.path,
            genesis: Array(genesis.utf8),
            registry: try ModuleRegistry(Bank()),
            options: HostOptions(logger: logger, metrics: recorder)
        )
        for height in 1...3 as ClosedRange<UInt64> {
            let time = Timestamp(nanoseconds: host.lastHeader.timeNanoseconds)
            _ = try host.finalizeBlock(ProposedBlock(height: height, time: time, transactions: [[1, 2, 3]]))
            try host.commit()
        }
        try host.store.close()
        #expect(recorder.count(of: "mesh_host_blocks_total") == 3)
        #expect(recorder.count(of: "mesh_host_transactions_total") == 3)
        #expect(recorder.count(of: "mesh_host_failed_transactions_total") == 3)
        #expect(recorder.count(of: "mesh_host_events_total") == 3)
        #expect(recorder.messages.filter { $0 == "committed" }.count == 3)
    }
}

/// Counts what is reported, in memory.
final class Recorder: MetricsFactory, Sendable {
    private let counts = Mutex<[String: Int64]>([:])
    private let lines = Mutex<[String]>([])

    var messages: [String] { lines.withLock { $0 } }

    func count(of label: String) -> Int64 { counts.withLock { $0[label] ?? 0 } }

    func add(_ amount: Int64, to label: String) { counts.withLock { $0[label, default: 0] += amount } }

    func note(_ message: String) { lines.withLock { $0.append(message) } }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        RecordingCounter(recorder: self, label: label)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        NOOPMetricsHandler.instance
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { NOOPMetricsHandler.instance }

    func destroyCounter(_ handler: any CounterHandler) {}

    func destroyRecorder(_ handler: any RecorderHandler) {}

    func destroyTimer(_ handler: any TimerHandler) {}
}

final class RecordingCounter: CounterHandler, Sendable {
    private let recorder: Recorder
    private let label: String

    init(recorder: Recorder, label: String) {
        self.recorder = recorder
        self.label = label
    }

    func increment(by amount: Int64) { recorder.add(amount, to: label) }

    func reset() {}
}

struct RecordingLogHandler: LogHandler {
    let recorder: Recorder
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { recorder.note(event.message.description) }
}
