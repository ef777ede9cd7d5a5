/// What becomes of a key.
public enum StateChange: Hashable, Sendable {
    /// It has this value.
    case value([UInt8])
    /// It is not there.
    case removal
}

/// Ordered changes that lie over something: a write set, or one level of an overlay.
protocol StateLayer {
    /// What the layer says of a key, or nil when it says nothing.
    func change(of key: [UInt8]) -> StateChange?

    /// The first change at or after a bound, in a direction.
    func nextChange(from bound: StateScan.Bound, _ direction: StateScan.Direction) -> (
        key: [UInt8], change: StateChange
    )?
}

/// Several layers over a base, the newest first.
enum LayeredState {
    static func read(
        _ key: [UInt8],
        into buffer: inout [UInt8],
        layers: [any StateLayer],
        base: some StateReading
    ) throws(StorageError) -> Bool {
        for layer in layers {
            switch layer.change(of: key) {
            case .value(let value):
                buffer.removeAll(keepingCapacity: true)
                buffer.append(contentsOf: value)
                return true
            case .removal:
                buffer.removeAll(keepingCapacity: true)
                return false
            case nil:
                continue
            }
        }
        return try base.read(key, into: &buffer)
    }

    /// Merges the layers with the base. Where several have a key the newest wins, and a removal hides it.
    static func scan(
        _ scan: StateScan,
        layers: [any StateLayer],
        base: some StateReading,
        _ visit: (RawSpan, RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        guard let bound = scan.bound else { return }
        var upcoming = next(from: bound, scan, layers)
        guard upcoming != nil else { return try base.scan(scan, visit) }
        var isStopped = false
        func emit(_ entry: (key: [UInt8], change: StateChange)) throws(StorageError) {
            if case .value(let value) = entry.change {
                isStopped = try !visit(entry.key.span.bytes, value.span.bytes)
            }
            upcoming = next(from: .exclusive(entry.key), scan, layers)
        }
        try base.scan(scan) { (key, value) throws(StorageError) in
            let baseKey = key.withUnsafeBytes { [UInt8]($0) }
            while let entry = upcoming, !isStopped, !scan.precedes(baseKey, entry.key) {
                try emit(entry)
                if entry.key == baseKey { return !isStopped }
            }
            if !isStopped {
                isStopped = try !visit(key, value)
            }
            return !isStopped
        }
        while let entry = upcoming, !isStopped {
            try emit(entry)
        }
    }

    private static func next(
        from bound: StateScan.Bound,
        _ scan: StateScan,
        _ layers: [any StateLayer]
    ) -> (key: [UInt8], change: StateChange)? {
        var best: (key: [UInt8], change: StateChange)?
        for layer in layers {
            guard let found = layer.nextChange(from: bound, scan.direction), found.key.starts(with: scan.prefix) else {
                continue
            }
            // Strictly before: of two layers with the same key the newer one, met first, stays.
            if let known = best, !scan.precedes(found.key, known.key) { continue }
            best = found
        }
        return best
    }
}
