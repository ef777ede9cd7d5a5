import Glibc

/// One operating-system thread that does one job after another, while each caller waits for its own.
///
/// LMDB's write lock belongs to the thread that began the transaction. If another thread commits, that returns success
/// and the next begin hangs for ever; so every write transaction of an environment begins and ends here.
final class WriterThread: @unchecked Sendable {
    private struct Queue {
        // First in, first out; the consumer takes the whole array, so nothing is ever moved up.
        var jobs: [Job] = []
        var isStopped = false
    }

    private let queue = Monitor(Queue())
    // Written once in `init`, before any job can be given.
    private var thread = pthread_t()

    /// Starts the thread.
    ///
    /// - Throws: `library` with the `errno` when the system has no thread to give.
    init() throws(LMDBError) {
        let argument = unsafe Unmanaged.passRetained(queue)
        let result = unsafe pthread_create(&thread, nil, Self.main, argument.toOpaque())
        guard result == 0 else {
            unsafe argument.release()
            throw .system(result, while: "starting the writer thread")
        }
    }

    /// Whether the caller runs on this thread, where ``run(_:)`` would wait for itself.
    var isCurrent: Bool {
        pthread_equal(pthread_self(), thread) != 0
    }

    /// Does `body` on the thread and returns when it is done, or at once without doing it when the thread was stopped.
    func run(_ body: () -> Void) {
        withoutActuallyEscaping(body) { body in
            let job = Job(body)
            let isAccepted = queue.update { state in
                guard !state.isStopped else { return false }
                state.jobs.append(job)
                return true
            }
            if isAccepted {
                job.wait()
            }
        }
    }

    /// Ends the thread after the jobs already given.
    func stop() {
        queue.update { $0.isStopped = true }
        if isCurrent {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        guard let argument = unsafe argument else { return nil }
        let queue = unsafe Unmanaged<Monitor<Queue>>.fromOpaque(argument).takeRetainedValue()
        while let jobs = next(in: queue) {
            for job in jobs {
                job.perform()
                job.finish()
            }
        }
        return nil
    }

    private static func next(in queue: Monitor<Queue>) -> [Job]? {
        queue.wait { state -> [Job]?? in
            if !state.jobs.isEmpty {
                let jobs = state.jobs
                state.jobs = []
                return .some(jobs)
            }
            return state.isStopped ? .some(nil) : nil
        }
    }
}

/// One job and the end of it.
private final class Job: @unchecked Sendable {
    // Touched by the giver before it is queued and by the thread after; the queue's lock orders the two.
    private var body: (() -> Void)?
    private let isDone = Monitor(false)

    init(_ body: @escaping () -> Void) {
        self.body = body
    }

    /// Runs the job and lets go of it. Kept out of line: the caller of ``WriterThread/run(_:)`` lent its closure, so no
    /// reference to it may be left when ``finish()`` wakes that caller.
    @inline(never)
    func perform() {
        body?()
        body = nil
    }

    func finish() {
        isDone.update { $0 = true }
    }

    func wait() {
        isDone.wait { $0 ? () : nil }
    }
}
