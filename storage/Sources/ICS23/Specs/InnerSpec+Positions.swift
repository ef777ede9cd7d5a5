// Where in its parent a step's child stands, told from the lengths of prefix and suffix. A place counts in the order of
// the bytes; `childOrder[place]` is the child's rank in the order of keys.

extension InnerSpec {
    /// Whether no leaf of the tree that a path climbs is left of the path's.
    func isLeftmost(_ path: some Sequence<InnerOp>) -> Bool {
        path.allSatisfy { step in hasNoSiblings(of: step, where: <) }
    }

    /// Whether no leaf of the tree that a path climbs is right of the path's.
    func isRightmost(_ path: some Sequence<InnerOp>) -> Bool {
        path.allSatisfy { step in hasNoSiblings(of: step, where: >) }
    }

    /// Whether no leaf of the tree is between those of two paths to the same root, of which `left` is left.
    ///
    /// Where the paths meet, one comes from the child next to the other's. Below, one keeps to the right, the other to
    /// the left.
    func areNeighbours(left: [InnerOp], right: [InnerOp]) -> Bool {
        var left = left[...]
        var right = right[...]
        while let highestLeft = left.popLast(), let highestRight = right.popLast() {
            guard highestLeft != highestRight else { continue }
            guard let leftPlace = place(of: highestLeft), let rightPlace = place(of: highestRight) else { return false }
            return childOrder[rightPlace] == childOrder[leftPlace] + 1 && isRightmost(left) && isLeftmost(right)
        }
        return false
    }

    /// The place of a step's child in its parent, or nil when none fits.
    private func place(of step: InnerOp) -> Int? {
        childOrder.indices.first { place in
            let prefixLengths = minimumPrefixLength...maximumPrefixLength
            return prefixLengths ~= step.prefix.count - place * childSize
                && step.suffix.count == (childOrder.count - 1 - place) * childSize
        }
    }

    /// Whether every other child whose rank compares so with that of a step's child is an empty one.
    private func hasNoSiblings(of step: InnerOp, where compares: (Int, Int) -> Bool) -> Bool {
        guard let own = place(of: step) else { return false }
        return childOrder.indices.allSatisfy { place in
            !compares(childOrder[place], childOrder[own]) || isEmpty(at: place, besides: own, of: step)
        }
    }

    /// Whether a step's parent has an empty child at a place that is not the step's own.
    private func isEmpty(at place: Int, besides own: Int, of step: InnerOp) -> Bool {
        guard !emptyChild.isEmpty else { return false }
        // `place(of:)` found the lengths right, so that both ranges lie within.
        if place < own {
            let start = step.prefix.count - (own - place) * childSize
            return step.prefix[start..<start + childSize].elementsEqual(emptyChild)
        } else {
            let start = (place - own - 1) * childSize
            return step.suffix[start..<start + childSize].elementsEqual(emptyChild)
        }
    }
}
