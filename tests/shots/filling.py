"""Words for the boxes of forms, so that pictures show them as they are when somebody has written.

All persons and places are invented.
"""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from mediation_desk.desk.clock import today
from mediation_desk.ui.day_editor import DayEditor
from mediation_desk.ui.editors import ChoiceEditor, SeveralEditor

_WORDS = {
    "name": "秦小川",
    "address": "梨子园村3组27号",
    "advice": "雨水从自家屋檐排下造成邻家损失的，应当消除妨碍；先协商，协商不成再到法庭起诉。",
    "amount_fen": "3,000",
    "answer": "已调解成功，双方于当日签订书面协议，协议副本附后。",
    "applicant": "秦德珍",
    "area": "3组、4组",
    "asked": "何启富（邻居，看见过两次漏水）",
    "audience": "86",
    "body": "双龙派出所",
    "claim_fen": "5,000",
    "complex_reason": "牵涉三户人家，前后调解过两次，其中一户长期在外务工。",
    "content": "蒋家于11月底前把水沟加宽到30厘米并清淤；赔偿秦家灶房修缮费3,000元，分两次付清。",
    "escalation": "蒋仕文扬言推墙，已请三组组长看住，没有再动手。",
    "facts": "两家屋檐水沟相接，秦家称蒋家翻修院坝后雨水倒流进自家灶房，双方多次争吵。",
    "file_note": "协议原件在卷宗第6页，照片8张。",
    "filed_by": "陶素芬",
    "firm": "某某律师事务所",
    "found": "1",
    "label": "婚约彩礼纠纷",
    "letter_number": "双派移字〔2026〕18号",
    "manner": "现金，当面点清",
    "materials": "移送函、报警回执、询问笔录复印件",
    "matter": "雨水倒灌造成灶房受损，要求赔偿",
    "narrative": "双方到场。秦德珍讲了雨水倒灌的经过，蒋仕文承认翻修院坝时填高了沟底。"
    "经劝解，双方同意先清淤、再请三组组长量高差。",
    "note": "走访三十二户，讲了雨季排水的注意事项。",
    "owner": "陶素芬",
    "participants": "三组组长向明贵",
    "persons": "秦德珍、蒋仕文",
    "petition_split": "排水纠纷由调委会调解，危房补助另由镇村建办答复。",
    "phone": "13900001234",
    "place": "村委会调解室",
    "prevention_reason": "劝阻当事人推墙，双方没有动手。",
    "reason": "双方情绪平稳，正在凑修沟的钱。",
    "reasons": "一方扬言推墙，手边有锄头。",
    "remark": "蒋仕文每月上旬在家。",
    "reported_to": "双龙司法所",
    "requests": "疏通水沟，赔偿灶房损失。",
    "reviewed_by": "罗晓",
    "special_groups": "老年人",
    "topic": "相邻排水与宅基地",
    "what": "加宽水沟并清淤",
}
# What a form asks for under a name that means something else in others.
_OF_FORM = {
    ("confirm", "body"): "丰都县人民法院",
    ("publicity", "materials"): "60",
    ("reopen", "why"): "蒋家没有修沟，双方要求重新调解。",
    ("void", "why"): "同一件纠纷登记了两次，保留先登记的一件。",
}
_DAYS = {
    "answer_due_on": 15,
    "due_on": 20,
    "extended_to": 40,
    "informed_on": 0,
    "kept_on": 0,
    "performed_on": 0,
}


def fill(form: QWidget) -> None:
    """Write into every empty box of a form that one sees."""
    boxes = [(part, *box) for part in form.forms.values() for box in part.boxes.items()]
    for part, name, box in (*boxes, *((None, *box) for box in form._loose.items())):
        if box.isHidden() or box.value():
            continue
        if isinstance(box.editor, DayEditor):
            if name in _DAYS:
                box.put_back(str(today() + timedelta(days=_DAYS[name])))
        elif isinstance(box.editor, ChoiceEditor):
            if part is not None and part._places[name].required:
                box.put_back(_first(box.editor))
        elif isinstance(box.editor, SeveralEditor):
            box.editor._boxes[0][1].setChecked(True)
        elif said := _OF_FORM.get((form.place.partition(":")[0], name), _WORDS.get(name)):
            box.put_back(said)


def _first(editor: ChoiceEditor) -> object:
    """The first choice that says something, as a draft would keep it."""
    values = (value for value, _label in editor._choices if value)
    return next((getattr(value, "value", value) for value in values), None)


def fill_instalments(row: QWidget) -> None:
    """Ask for a sum in three parts from next month on."""
    row.boxes["count"].put_back("3")
    row.boxes["first"].put_back(str(today() + timedelta(days=30)))
