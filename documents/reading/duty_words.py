"""The words by which a duty is understood: who may be asked, and what asking and doing begin with.

Entries of a list are patterns, parted by semicolons; a space stands for any spaces, an underscore for exactly one.
"""


def any_of(entries):
    """A pattern for any of the entries, the longest first."""
    ordered = sorted((" ".join(entry.split()) for entry in entries.split(";")), key=len, reverse=True)
    return "(?:" + "|".join(entry.replace(" ", r"\s+").replace("_", r"\x20") for entry in ordered) + ")"


_HEADS = """
[Cc]ác; [Tt]oàn thể; [Mm]ỗi; [Tt]ừng; [Tt]ất cả(?: các)?; [Đđ]ồng chí; [Ll]ãnh đạo; [Tt]hủ trưởng; [Nn]gười đứng
đầu; [Tt]rưởng; [Cc]hánh; [Pp]hó; [Cc]hủ tịch; [Gg]iám đốc; [Hh]iệu trưởng; [Bb]í thư; [Cc]á nhân; [Cc]ấp ủy
"""
_UNITS = """
[Pp]hòng; [Vv]ăn phòng; [Đđ]ơn vị; [Cc]ơ quan; [Tt]hanh tra; [Tt]rung tâm; [Ss]ở; [Cc]hi cục; [Bb]an(?! hành); UBND;
HĐND; [UuỦủ][ỷyỶY]? ban; [Gg]iám đốc; [Bb]ộ phận; [Cc]ông đoàn; [Đđ]oàn(?! viên); [Tt]ổ(?! chức ); [Cc]ơ sở;
[Tt]rường; [Hh]ội(?! nghị| thi); [Cc]ông chức; [Vv]iên chức; [Cc]án bộ; CBCC; CBCCVC; [Tt]rưởng; [Kk]ế toán; Báo(?!
cáo); Đài; Cục; Tổng cục; Viện; Bệnh viện; Liên đoàn; Tỉnh đoàn; Huyện đoàn; Thành đoàn; Chi đoàn; Bưu điện; Công
an; Kho bạc; Bảo hiểm; Ngân hàng; Mặt trận; Hạt; Bộ(?= ); [Đđ]ịa phương; [Xx]ã; [Pp]hường; [Tt]hị trấn; [Tt]ập thể;
[Đđ]ảng ủy; [Cc]hi bộ; [Cc]hủ tịch; [Hh]iệu trưởng; [Xx]óm; [Kk]hoa(?! học); [Tt]rạm; [Tt]hôn; [Kk]hu phố; [Ấấ]p;
Cổng [Tt]hông tin; [Đđ]ội; [Ll]ãnh đạo; [Cc]hánh
"""
_VERBS = """
có (?:trách )?nhiệm(?: vụ)?; chịu trách nhiệm; căn cứ; xem xét; xây dựng; (?<!các_)(?<!số_)tổ chức; chủ trì; phối
hợp; tham mưu; thực hiện; triển khai; tiếp tục; định kỳ; theo dõi; tổng hợp; hướng dẫn; kiểm tra; đôn đốc; báo cáo;
gửi; phản ánh; chủ động; đăng; cân đối; bố trí; lồng ghép; quán triệt; phổ biến; đẩy mạnh; tăng cường; thường xuyên;
lập; đề xuất; cung cấp; cập nhật; phân công; là đầu mối; làm đầu mối; ban hành; nghiên cứu; rà soát; kịp thời;
nghiêm túc; cử; đưa; hoàn thành; nộp; khẩn trương; phải; được giao; trực tiếp; thẩm định; kiến nghị; gắn; chuẩn bị;
duy trì; viết; tuyên truyền; hằng; hàng; trước ngày; chậm nhất; giúp; tập trung; mở; là; đảm bảo; bảo đảm; phát
động; vận động; hỗ trợ; giám sát; khảo sát; biên soạn; biên tập; thiết kế; in ấn; phát hành; sản xuất; phát sóng;
phát thanh; niêm yết; công khai; (?<!phận_)tiếp nhận; giải quyết; xử lý; đánh giá; thống kê; vận hành; quyết định;
phê duyệt; trình; thông báo; chỉ đạo; sử dụng; áp dụng; khai thác; bồi dưỡng; tập huấn; mời; sưu tầm; truyền thông;
động viên; khuyến khích; khen thưởng; biểu dương; chấp hành; tham gia; dành; ưu tiên; bám sát; lựa chọn; xác định;
phát huy; treo; dựng; quan tâm; kết hợp; thành lập; nâng cao; đổi mới; tạo điều kiện; đầu tư; liên hệ; sắp xếp; rút
kinh nghiệm; cụ thể hóa; làm tốt; đề nghị; tích cực; nhắc nhở; quản lý(?= (?:và|,|chặt|kinh|việc)); theo chức năng;
tùy; trong quá trình; trong phạm vi; có kế hoạch; thông qua; trả lời; công bố; xuất bản; in(?= ); chấm điểm; nêu
cao; gương mẫu; hưởng ứng; chuyển(?= )
"""

UNIT = rf"(?:{any_of(_HEADS)}\s+)*{any_of(_UNITS)}\b"
VERBS = any_of(_VERBS)
