internal import CoreMetrics
internal import Metrics
internal import Storage

/// What the host counts, under the prefix `mesh_host_`.
struct HostMeters {
    private let blocks: Counter
    private let transactions: Counter
    private let failures: Counter
    private let events: Counter
    private let height: Gauge
    private let executionTime: Metrics.Timer

    init(_ factory: any MetricsFactory) {
        blocks = Counter(label: "mesh_host_blocks_total", factory: factory)
        transactions = Counter(label: "mesh_host_transactions_total", factory: factory)
        failures = Counter(label: "mesh_host_failed_transactions_total", factory: factory)
        events = Counter(label: "mesh_host_events_total", factory: factory)
        height = Gauge(label: "mesh_host_height", factory: factory)
        executionTime = Metrics.Timer(label: "mesh_host_block_execution_seconds", factory: factory)
    }

    func record(_ block: FinalizedBlock, executionTime duration: Duration) {
        blocks.increment()
        transactions.increment(by: block.results.count)
        failures.increment(by: block.results.count { !$0.isSuccess })
        events.increment(by: block.events.count)
        height.record(Double(block.header.height))
        let (seconds, attoseconds) = duration.components
        executionTime.recordNanoseconds(seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000)
    }
}
