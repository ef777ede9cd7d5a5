import Dispatch
import Synchronization

extension Array {
    /// The results of a function for all elements, in their order. It is called on all cores at once.
    ///
    /// - Parameter transform: shares nothing that changes between its calls.
    /// - Throws: what `transform` throws for the first element that it fails for. It is called for all others as well.
    @available(*, noasync)
    func concurrentMap<Result>(_ transform: (Element) throws(SandboxError) -> Result) throws(SandboxError) -> [Result] {
        // Each element is used by one thread, and by nobody else meanwhile.
        nonisolated(unsafe) let (elements, transform) = (self, transform)
        let results = Mutex([Swift.Result<Transferred<Result>, SandboxError>?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = Swift.Result { () throws(SandboxError) in Transferred(value: try transform(elements[index])) }
            results.withLock { $0[index] = result }
        }
        return try results.withLock { $0 }.compactMap(\.self).map { (result) throws(SandboxError) in
            try result.get().value
        }
    }
}

/// What one thread has made and hands over to another.
private struct Transferred<Value>: @unchecked Sendable {
    let value: Value
}
