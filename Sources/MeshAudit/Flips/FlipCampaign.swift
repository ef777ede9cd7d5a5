import Dispatch
import Foundation
import Synchronization

/// Turns over bits of a small home, one at a time, and sees to it that none goes unnoticed.
///
/// LMDB may die on a damaged page, so children do the looking: one child checks many flips and is started again when it
/// dies. A death or a child that hangs counts as noticed.
public struct FlipCampaign: Sendable {
    /// Which bits.
    public enum Selection: Sendable, Hashable {
        /// One bit of every byte.
        case everyByte
        /// So many bytes, one bit of each.
        case sample(Int)
    }

    /// The folder of the chain; never written to.
    public var home: String
    /// The executable of the children, which calls ``FlipChild/run()``.
    public var executable: String
    /// Its arguments. `{home}` and `{scratch}` in them stand for the folders that each child is given.
    public var arguments: [String]
    /// An existing folder for the children's copies.
    public var scratch: String
    /// Which bits.
    public var selection: Selection
    /// Decides which bytes and bits are chosen.
    public var seed: UInt64
    /// How many children run at once.
    public var concurrency = 2
    /// How long a child may take over one flip.
    public var timeout = Duration.seconds(60)

    /// Describes a campaign.
    public init(
        home: String,
        executable: String,
        arguments: [String],
        scratch: String,
        selection: Selection,
        seed: UInt64
    ) {
        self.home = home
        self.executable = executable
        self.arguments = arguments
        self.scratch = scratch
        self.selection = selection
        self.seed = seed
    }

    /// Carries the campaign out.
    ///
    /// - Parameter progress: called on several threads, one at a time.
    /// - Throws: `unreadableHome`, `unusableScratch`, `child` when a child does not come up.
    @available(*, noasync)
    public func run(_ progress: @escaping @Sendable (AuditProgress) -> Void = { _ in }) throws(AuditError) -> FlipReport
    {
        let flips = try selectedFlips()
        let state = Mutex(State())
        DispatchQueue.concurrentPerform(iterations: max(1, min(concurrency, flips.count))) { worker in
            do throws(AuditError) {
                try work(worker, flips, state, progress)
            } catch {
                state.withLock { $0.error = $0.error ?? error }
            }
        }
        return try state.withLock { (state: inout State) throws(AuditError) -> FlipReport in
            if let error = state.error { throw error }
            return state.report
        }
    }

    /// What the workers share.
    private struct State {
        var next = 0
        var report = FlipReport()
        var error: AuditError?
    }

    private func work(
        _ worker: Int,
        _ flips: [Flip],
        _ state: borrowing Mutex<State>,
        _ progress: @Sendable (AuditProgress) -> Void
    ) throws(AuditError) {
        let folder = "\(scratch)/child-\(worker)"
        try managingFiles("making \(folder)") {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var child: ChildProcess?
        while true {
            let flip = state.withLock { state -> Flip? in
                guard state.next < flips.count, state.error == nil else { return nil }
                defer { state.next += 1 }
                return flips[state.next]
            }
            guard let flip else { return }
            let running: ChildProcess
            if let child { running = child } else { running = try start(in: folder) }
            let result = check(flip, by: running)
            // A child that died or hangs leaves its copy damaged; the next one makes its own.
            child = result.outcome == .childDied || result.outcome == .childHung ? nil : running
            state.withLock { state in
                state.report.add(result)
                progress(AuditProgress(.flips, completed: state.report.count, total: UInt64(flips.count)))
            }
        }
    }

    private func start(in folder: String) throws(AuditError) -> ChildProcess {
        let arguments = arguments.map { $0.replacing("{home}", with: home).replacing("{scratch}", with: folder) }
        let child = try ChildProcess(executable: executable, arguments: arguments)
        do throws(ChildProcess.Failure) {
            let line = try child.answer(timeout: timeout)
            guard line == "ready" else {
                throw ChildProcess.Failure.ended("said '\(line)' instead of 'ready'")
            }
            return child
        } catch {
            throw AuditError(.child, "\(executable) does not come up: \(error). Run it by hand to see why.")
        }
    }

    private func check(_ flip: Flip, by child: ChildProcess) -> FlipResult {
        do throws(ChildProcess.Failure) {
            let line = try child.ask("\(flip)", timeout: timeout)
            let parts = line.split(separator: " ", maxSplits: 1)
            if let outcome = parts.first.flatMap({ FlipOutcome(rawValue: String($0)) }) {
                return FlipResult(flip: flip, outcome: outcome, detail: parts.count == 2 ? String(parts[1]) : "")
            }
            child.stop()
            return FlipResult(flip: flip, outcome: .childDied, detail: "it said '\(line)'")
        } catch {
            child.stop()
            switch error {
            case .ended(let how): return FlipResult(flip: flip, outcome: .childDied, detail: how)
            case .timedOut: return FlipResult(flip: flip, outcome: .childHung, detail: "no answer in \(timeout)")
            }
        }
    }

    /// The chosen bits, in order of files and offsets.
    func selectedFlips() throws(AuditError) -> [Flip] {
        let manager = FileManager.default
        let sizes = try managingFiles("reading \(home)") {
            try manager.contentsOfDirectory(atPath: home).sorted().map { file in
                (file, try manager.attributesOfItem(atPath: "\(home)/\(file)")[.size] as? UInt64 ?? 0)
            }
        }
        let total = sizes.reduce(0) { $0 + $1.1 }
        var generator = SplitMix64(seed: seed)
        var positions = Array(0..<total)
        if case .sample(let count) = selection, UInt64(max(count, 0)) < total {
            // The first places of a random order (Fisher and Yates).
            for index in 0..<max(count, 0) {
                positions.swapAt(index, Int.random(in: index..<positions.count, using: &generator))
            }
            positions = positions[..<max(count, 0)].sorted()
        }
        var flips: [Flip] = []
        var start: UInt64 = 0
        var next = 0
        for (file, size) in sizes {
            while next < positions.count, positions[next] < start + size {
                let bit = UInt8.random(in: 0..<8, using: &generator)
                flips.append(Flip(file: file, offset: positions[next] - start, bit: bit))
                next += 1
            }
            start += size
        }
        return flips
    }
}
