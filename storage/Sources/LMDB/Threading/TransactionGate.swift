import Glibc
import Synchronization

/// Lets any number of read accesses in, or one change of the map with nobody inside.
///
/// `mdb_env_set_mapsize` is legal only while no transaction of the process is active, and the library does not check.
/// An access costs one atomic addition and one thread-local look-up; only a change of the map takes a lock.
final class TransactionGate: @unchecked Sendable {
    private struct Control {
        var isTaken = false
        var isClosed = false
    }

    private let active = Atomic<Int>(0)
    private let isBlocked = Atomic<Bool>(false)
    private let control = Monitor(Control())
    private let depthKey: pthread_key_t

    init() throws(LMDBError) {
        var key = pthread_key_t()
        let result = unsafe pthread_key_create(&key, nil)
        guard result == 0 else {
            throw .system(result, while: "reserving a thread-local slot")
        }
        depthKey = key
    }

    deinit {
        pthread_key_delete(depthKey)
    }

    /// How many accesses of the calling thread are open.
    var depth: Int {
        unsafe Int(bitPattern: pthread_getspecific(depthKey))
    }

    /// Opens an access, waiting for a change of the map to end. A thread that is inside already never waits.
    ///
    /// - Throws: `closed`.
    func enter() throws(LMDBError) {
        let depth = self.depth
        if depth == 0 {
            try enterFirst()
        }
        setDepth(depth + 1)
    }

    /// Ends the calling thread's latest access.
    func leave() {
        let depth = self.depth - 1
        setDepth(depth)
        if depth == 0 {
            leaveLast()
        }
    }

    /// Runs `body` with no access open in the whole process. The calling thread must have none of its own.
    ///
    /// - Throws: `closed`, or what `body` throws.
    func exclusively<Value>(closing: Bool = false, _ body: () throws(LMDBError) -> Value) throws(LMDBError) -> Value {
        let isMine = control.wait { state -> Bool? in
            if state.isClosed { return false }
            if state.isTaken { return nil }
            state.isTaken = true
            return true
        }
        guard isMine else { throw Self.closedError }
        // From here on newcomers turn back. Both sides are sequentially consistent: either the newcomer sees the block,
        // or this thread sees its count.
        isBlocked.store(true, ordering: .sequentiallyConsistent)
        control.wait { _ in active.load(ordering: .sequentiallyConsistent) == 0 ? () : nil }
        defer {
            if !closing {
                isBlocked.store(false, ordering: .sequentiallyConsistent)
            }
            control.update { state in
                state.isTaken = false
                state.isClosed = closing
            }
        }
        return try body()
    }

    private func enterFirst() throws(LMDBError) {
        while true {
            active.add(1, ordering: .sequentiallyConsistent)
            if !isBlocked.load(ordering: .sequentiallyConsistent) { return }
            leaveLast()
            let isOpen = control.wait { state -> Bool? in
                if state.isClosed { return false }
                return state.isTaken ? nil : true
            }
            guard isOpen else { throw Self.closedError }
        }
    }

    private func leaveLast() {
        let left = active.subtract(1, ordering: .sequentiallyConsistent).newValue
        if left == 0, isBlocked.load(ordering: .sequentiallyConsistent) {
            control.update { _ in }
        }
    }

    private func setDepth(_ depth: Int) {
        unsafe _ = pthread_setspecific(depthKey, UnsafeRawPointer(bitPattern: depth))
    }

    private static var closedError: LMDBError {
        LMDBError(.closed, "The environment is closed. Open it again before you use it.")
    }
}
