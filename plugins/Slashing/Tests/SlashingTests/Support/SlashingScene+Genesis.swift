import ModuleKit
import NativeStaking

@testable import ModuleTesting

extension SlashingScene {
    /// A chain that has seen misses around a window, downtime, and a double sign.
    static func lively() throws -> SlashingScene {
        let scene = try SlashingScene.running(
            5,
            [
                "params": ["signed_blocks_window": "10", "slash_fraction_double_sign": "0.07"],
                "evidence": ["max_age_num_blocks": "77"],
            ]
        )
        for block in 0..<27 { try scene.nextBlock(absent: block % 3 == 0 ? [3, 4] : [3]) }
        try scene.nextBlock(misbehavior: [try scene.doubleSign(of: 1, at: scene.harness.block.height - 1)])
        for _ in 0..<4 { try scene.nextBlock() }
        try scene.nextBlock(absent: [4])
        return scene
    }

    /// All that the scene's modules write.
    func exportAll() throws -> JSONValue {
        var sections = JSONObject()
        for number in 1...3 as ClosedRange<UInt32> {
            let execution = harness.machine.execution
            for (name, value) in try execution.instance(number).exportGenesis(execution) { sections[name] = value }
        }
        return .object(sections)
    }
}
