/// The Cosmos SDK's algorithm, step by step and without any thrift: `HandleValidatorSignature` of `x/slashing` and
/// `handleEquivocationEvidence` of `x/evidence`, with one bit for each place of the window, an index that goes around, and a
/// counter. Native staking is reduced to whether a validator is jailed.
struct CosmosModel {
    struct Info: Equatable {
        var startHeight: UInt64
        var indexOffset: UInt64 = 0
        var jailedUntil: UInt64 = 0
        var isTombstoned = false
        var missedCounter: UInt64 = 0
    }

    struct Punishment: Equatable {
        let validator: Int
        let isDoubleSign: Bool
        let infractionHeight: UInt64
        let power: UInt64
    }

    let window: UInt64
    let minSigned: UInt64
    let jailDuration: UInt64
    private(set) var infos: [Int: Info] = [:]
    private(set) var bitmaps: [Int: [Bool]] = [:]
    var jailed: Set<Int> = []

    init(window: UInt64, minSigned: UInt64, jailDuration: UInt64) {
        self.window = window
        self.minSigned = minSigned
        self.jailDuration = jailDuration
    }

    /// The hook of staking.
    mutating func afterValidatorBonded(_ validator: Int, height: UInt64) {
        infos[validator, default: Info(startHeight: height)].startHeight = height
    }

    /// One vote of the last commit.
    mutating func handle(_ validator: Int, power: UInt64, signed: Bool, height: UInt64, time: UInt64) -> Punishment? {
        guard !jailed.contains(validator), var info = infos[validator] else { return nil }
        let index = Int(info.indexOffset % window)
        info.indexOffset += 1
        var bitmap = bitmaps[validator] ?? [Bool](repeating: false, count: Int(window))
        let previous = bitmap[index]
        if !previous, !signed {
            bitmap[index] = true
            info.missedCounter += 1
        } else if previous, signed {
            bitmap[index] = false
            info.missedCounter -= 1
        }
        var punishment: Punishment?
        let minHeight = info.startHeight + window
        let maxMissed = window - minSigned
        if height > minHeight, info.missedCounter > maxMissed {
            punishment = Punishment(
                validator: validator,
                isDoubleSign: false,
                infractionHeight: height >= 2 ? height - 2 : 0,
                power: power
            )
            jailed.insert(validator)
            info.jailedUntil = time + jailDuration
            info.missedCounter = 0
            info.indexOffset = 0
            bitmap = [Bool](repeating: false, count: Int(window))
        }
        infos[validator] = info
        bitmaps[validator] = bitmap
        return punishment
    }

    /// Evidence in a block, of a validator that is not unbonded and not too old.
    mutating func handleEvidence(_ validator: Int, power: UInt64, height: UInt64) -> Punishment? {
        guard var info = infos[validator], !info.isTombstoned else { return nil }
        jailed.insert(validator)
        info.jailedUntil = .max
        info.isTombstoned = true
        infos[validator] = info
        return Punishment(
            validator: validator,
            isDoubleSign: true,
            infractionHeight: height > 0 ? height - 1 : 0,
            power: power
        )
    }
}
