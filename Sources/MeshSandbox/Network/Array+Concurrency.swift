import Dispatch
import Synchronization

extension Array {
    /// The results of a function for all elements, in their order. It is called for all of them at once.
    ///
    /// The threads are plain ones: within `concurrentPerform` another `concurrentPerform` stays on one core, and a chain
    /// checks and hashes on every core that is idle.
    ///
    /// - Parameter transform: shares nothing that changes between its calls.
    /// - Throws: what `transform` throws for the first element that it fails for. It is called for all others as well.
    @available(*, noasync)
    func concurrentMap<Result>(_ transform: @escaping (Element) throws(SandboxError) -> Result) throws(SandboxError)
        -> [Result]
    {
        // Each element is used by one thread, and by nobody else meanwhile.
        nonisolated(unsafe) let (elements, transform) = (self, transform)
        let results = Mutex([Swift.Result<Transferred<Result>, SandboxError>?](repeating: nil, count: count))
        @Sendable func work(on index: Int) {
            let result = Swift.Result { () throws(SandboxError) in Transferred(value: try transform(elements[index])) }
            results.withLock { $0[index] = result }
        }
        let others = DispatchGroup()
        for index in elements.indices.dropFirst() {
            DispatchQueue.global().async(group: others) { work(on: index) }
        }
        if !elements.isEmpty { work(on: 0) }
        others.wait()
        return try results.withLock { $0 }.compactMap(\.self).map { (result) throws(SandboxError) in
            try result.get().value
        }
    }
}

/// What one thread has made and hands over to another.
private struct Transferred<Value>: @unchecked Sendable {
    let value: Value
}
